using System.Text.Json;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>One test of a query-validation file, with its format and configuration substituted.</summary>
/// <param name="Name">The test's name, with the format after it where the test names several.</param>
/// <param name="Node">The test's JSON.</param>
public sealed record ConformanceCase(
    string File, string Name, IReadOnlyList<string> Statements, IReadOnlyDictionary<string, string> Properties, JsonElement Node)
{
    private static readonly string[] SchemaRegistryFormats = ["AVRO", "PROTOBUF", "PROTOBUF_NOSR", "JSON_SR"];

    /// <summary>Whether a statement names a format that needs a schema registry.</summary>
    public bool IsOutOfScope => Statements.Any(statement => SchemaRegistryFormats.Any(format => NamesWord(statement, format)));

    /// <summary>It is held against a server's answers (over REST), not against topics.</summary>
    public bool IsOfRest => Node.TryGetProperty("responses", out _) || Node.TryGetProperty("expectedError", out _);

    public IEnumerable<JsonElement> Records(string property) =>
        Node.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static bool NamesWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(
            word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var (before, after) = (at - 1, at + word.Length);
            var isWhole = (before < 0 || !IsWordPart(text[before])) && (after >= text.Length || !IsWordPart(text[after]));
            if (isWhole)
                return true;
        }
        return false;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
