using System.Text.Json;

namespace SockSort.Sql.Conformance;

/// <summary>Reads query-validation files of ksqlDB.</summary>
public static class ConformanceFile
{
    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 256,
    };

    /// <summary>The file's tests, each once for every <c>format</c> and <c>config</c>.</summary>
    /// <exception cref="IOException">The file cannot be read, or is no query-validation file.</exception>
    public static IReadOnlyList<ConformanceCase> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Options);
            return
            [
                .. document.RootElement.GetProperty("tests")
                .EnumerateArray()
                .SelectMany(test => Expand(Path.GetFileNameWithoutExtension(path), test)),
            ];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"{path} is no query-validation file: {error.Message}", error);
        }
    }

    private static IEnumerable<ConformanceCase> Expand(string file, JsonElement test)
    {
        foreach (var format in Variants(test, "format"))
        {
            foreach (var config in Variants(test, "config"))
            {
                var name = string.Join(" - ", new[] { test.GetProperty("name").GetString(), format, config }.OfType<string>());
                var text = format is null ? test.GetRawText() : test.GetRawText().Replace("{FORMAT}", format, StringComparison.Ordinal);
                var node = JsonDocument.Parse(text, Options).RootElement;
                yield return new(
                    file, name, [.. node.GetProperty("statements").EnumerateArray().Select(statement => statement.GetString()!)],
                    Properties(node, config), node);
            }
        }
    }

    private static IEnumerable<string?> Variants(JsonElement test, string property) =>
        test.TryGetProperty(property, out var list) && list.GetArrayLength() > 0
            ? list.EnumerateArray().Select(item => item.GetString())
            : [null];

    private static Dictionary<string, string> Properties(JsonElement test, string? config)
    {
        var properties = new Dictionary<string, string>();
        if (test.TryGetProperty("properties", out var node))
        {
            foreach (var property in node.EnumerateObject())
                properties[property.Name] = property.Value.ToString() is "{CONFIG}" && config is not null
                    ? config
                    : property.Value.ToString();
        }
        return properties;
    }
}
