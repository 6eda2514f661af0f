using System.Text.Json;
using System.Text.RegularExpressions;
using SockSort.Log.Memory;
using SockSort.Sql.Catalog;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Checks what a test's <c>post</c> says must hold after the run.</summary>
internal static class PostConditions
{
    /// <summary>Checks the conditions; null when all hold, else the first difference.</summary>
    public static string? Differ(ConformanceCase test, MetaStore catalog, MemoryLog log)
    {
        if (!test.Node.TryGetProperty("post", out var post))
            return null;
        if (post.TryGetProperty("sources", out var sources))
        {
            foreach (var expected in sources.EnumerateArray())
            {
                if (SourceDiffers(expected, catalog) is { } difference)
                    return difference;
            }
        }
        return post.TryGetProperty("topics", out var node) ? TopicsDiffer(node, catalog, log) : null;
    }

    private static string? SourceDiffers(JsonElement expected, MetaStore catalog)
    {
        var name = expected.GetProperty("name").GetString()!;
        if (catalog.Find(name) is not { } source)
            return $"post: source {name} does not exist";
        if (expected.TryGetProperty("type", out var type) && type.GetString() != source.KindName)
            return $"post: {name} is a {source.KindName}";
        if (expected.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String
            && SchemaDiffers(schema.GetString()!, source, catalog) is { } difference)
            return difference;
        return expected.TryGetProperty("keyFormat", out var key)
            ? KeyDiffers(name, key, source)
            : ValueFormatDiffers(name, expected, source);
    }

    private static string? ValueFormatDiffers(string name, JsonElement expected, DataSource source) =>
        expected.TryGetProperty("valueFormat", out var format) && format.ValueKind == JsonValueKind.String
        && !string.Equals(format.GetString(), source.ValueFormat.Name, StringComparison.OrdinalIgnoreCase)
            ? $"post: the value format of {name} is {source.ValueFormat.Name}, not {format}" : null;

    private static string? KeyDiffers(string name, JsonElement key, DataSource source)
    {
        var format = key.ValueKind == JsonValueKind.String ? key.GetString() : key.TryGetProperty(
            "format", out var node) ? node.GetString() : null;
        if (format is not null && !string.Equals(format, source.KeyFormat.Name, StringComparison.OrdinalIgnoreCase))
            return $"post: the key format of {name} is {source.KeyFormat.Name}, not {format}";
        if (key.ValueKind != JsonValueKind.Object || !key.TryGetProperty("windowType", out var window)
            || window.ValueKind != JsonValueKind.String)
            return null;
        var size = key.TryGetProperty("windowSize", out var ms) && ms.ValueKind == JsonValueKind.Number ? ms.GetInt64() : (long?)null;
        return string.Equals(source.Window?.Kind.ToString(), window.GetString(), StringComparison.OrdinalIgnoreCase)
            && (long?)source.Window?.Size?.TotalMilliseconds == size
            ? null
            : $"post: the window of {name} is {source.Window}, not {key}";
    }

    private static string? SchemaDiffers(string schema, DataSource source, MetaStore catalog) =>
        SchemaMatcher.Matches(SqlParser.ParseColumns(schema), source, catalog)
            ? null
            : $"post: the schema of {source.Name} is {source.Schema}\n  expected {schema}";

    private static string? TopicsDiffer(JsonElement node, MetaStore catalog, MemoryLog log)
    {
        if (node.TryGetProperty("blacklist", out var blacklist)
            && log.Topics().FirstOrDefault(topic => Regex.IsMatch(topic.Name, $"^(?:{blacklist.GetString()})$")) is { } forbidden)
            return $"post: the topic {forbidden.Name} exists";
        if (!node.TryGetProperty("topics", out var list))
            return null;
        foreach (var expected in list.EnumerateArray())
        {
            var name = expected.GetProperty("name").GetString()!;
            // Topics between the steps of one query exist in Kafka only.
            if (name.EndsWith("-repartition", StringComparison.Ordinal) || name.EndsWith("-changelog", StringComparison.Ordinal))
                continue;
            if (log.FindTopic(name) is not { } found)
                return $"post: the topic {name} does not exist";
            if (expected.TryGetProperty("partitions", out var partitions) && partitions.GetInt32() != found.Partitions)
                return $"post: the topic {name} has {found.Partitions} partitions, not {partitions}";
            if (TopicFormatDiffers(name, expected, catalog) is { } difference)
                return difference;
        }
        return null;
    }

    private static string? TopicFormatDiffers(string name, JsonElement expected, MetaStore catalog)
    {
        if (catalog.Sources.FirstOrDefault(source => source.Topic == name) is not { } source)
            return null;
        if (expected.TryGetProperty("keyFormat", out var key) && KeyDiffers(source.Name, key, source) is { } difference)
            return difference;
        return ValueFormatDiffers(source.Name, expected, source);
    }
}
