using System.Text.Json;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Reads query-validation files of ksqlDB.</summary>
public static class ConformanceFile
{
    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 256,
    };

    /// <summary>Reads the file's tests, each once for every <c>format</c> and <c>config</c>.</summary>
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
                .Where(IsEnabled)
                .SelectMany(test => Expand(Path.GetFileNameWithoutExtension(path), test)),
            ];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"{path} is no query-validation file: {error.Message}", error);
        }
    }

    /// <summary>Reads a test from the three files of ksqlDB's test runner.</summary>
    /// <param name="statements">A script.</param>
    /// <param name="inputs"><c>{"inputs": [{"topic": …, "key": …, "value": …, "timestamp": …}, …]}</c>; null for none.</param>
    /// <param name="outputs"><c>{"outputs": […]}</c>.</param>
    /// <exception cref="IOException">A file cannot be read, or holds something else.</exception>
    /// <remarks>Source of the format: "Test a ksqlDB application" in ksqlDB's documentation.</remarks>
    public static ConformanceCase Read(string statements, string? inputs, string outputs)
    {
        var script = File.ReadAllText(statements);
        var records = new Dictionary<string, JsonElement>
        {
            ["inputs"] = inputs is null ? JsonSerializer.SerializeToElement(Array.Empty<object>()) : ListIn(inputs, "inputs"),
            ["outputs"] = ListIn(outputs, "outputs"),
        };
        var name = Path.GetFileName(statements);
        return new(name, name, [script], new Dictionary<string, string>(), JsonSerializer.SerializeToElement(records));
    }

    /// <summary>The suite's own runner passes over a test that says <c>"enabled": false</c>.</summary>
    private static bool IsEnabled(JsonElement test) =>
        !test.TryGetProperty("enabled", out var enabled) || enabled.ValueKind != JsonValueKind.False;

    private static JsonElement ListIn(string path, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Options);
            var isThere = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array;
            return isThere
                ? document.RootElement.GetProperty(name).Clone()
                : throw new IOException($"{path} holds no '{name}', expected {{\"{name}\": [{{\"topic\": …, \"value\": …}}, …]}}");
        }
        catch (JsonException error)
        {
            throw new IOException($"{path} is no JSON: {error.Message}", error);
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
