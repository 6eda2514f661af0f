using System.Text.Json;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.Rest;

/// <summary>Compares a server's answer with a file's: fields that the file does not name are not compared.</summary>
internal static class AnswerMatcher
{
    // Before a text that the answer's has to begin with.
    private const string Prefix = @"\m";

    // Behind the name of a member of which only the beginning is told.
    private const string StartsWith = "|starts_with";

    /// <summary>Compares the rows of an answer; null where all are the expected ones, else the difference.</summary>
    /// <param name="expected">An array.</param>
    /// <param name="actual">An array.</param>
    /// <param name="text">The answer as it came.</param>
    /// <param name="anyOrder">Whether the rows may come in another order; the header and the last word keep their places.</param>
    public static string? Difference(JsonElement expected, JsonElement actual, string text, bool anyOrder)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
            return $"{actual.GetArrayLength()} elements for {expected.GetArrayLength()}: {text}";
        var left = actual.EnumerateArray().ToList();
        foreach (var wanted in expected.EnumerateArray())
        {
            var at = anyOrder ? left.FindIndex(given => IsIn(wanted, given)) : 0;
            if (at < 0 || !IsIn(wanted, left[at]))
                return $"expected {wanted.GetRawText()}, got {(anyOrder ? text : left[0].GetRawText())}";
            left.RemoveAt(at);
        }
        return null;
    }

    public static bool IsIn(JsonElement expected, JsonElement actual) => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject().All(member => HasMember(actual, member)),
        (JsonValueKind.Array, JsonValueKind.Array) => expected.GetArrayLength() == actual.GetArrayLength()
            && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => IsIn(pair.First, pair.Second)),
        (JsonValueKind.String, JsonValueKind.String) when expected.GetString()!.StartsWith(Prefix, StringComparison.Ordinal) =>
            actual.GetString()!.StartsWith(expected.GetString()![Prefix.Length..], StringComparison.Ordinal),
        _ => JsonMatcher.Matches(expected, actual),
    };

    private static bool HasMember(JsonElement actual, JsonProperty member) =>
        member.Name.EndsWith(StartsWith, StringComparison.Ordinal)
            ? actual.TryGetProperty(member.Name[..^StartsWith.Length], out var begun)
                && begun.GetString()!.StartsWith(member.Value.GetString()!, StringComparison.Ordinal)
            : HasValue(actual, member);

    private static bool HasValue(JsonElement actual, JsonProperty member) =>
        actual.TryGetProperty(member.Name, out var given) ? IsIn(member.Value, given) : member.Value.ValueKind == JsonValueKind.Null;
}
