using System.Text.Json;

namespace SockSort.Sql.Testing.Replay;

/// <summary>Records as lines of JSON, as <c>socksort topic print --json</c> and replay itself write them.</summary>
/// <remarks>
/// Fields: <c>key</c>, <c>value</c> (any JSON, or a text that holds it; null or absent: none), <c>timestamp</c> (milliseconds since 1970;
/// absent: 0),
/// <c>headers</c>, <c>window</c> with <c>start</c>, <c>end</c> and <c>type</c> where the key is a windowed one, <c>topic</c> in an
/// expectation.
/// A line that has none of these is itself the value.
/// </remarks>
public sealed class Trace
{
    private static readonly string[] Fields = ["topic", "key", "value", "timestamp", "headers", "window", "partition", "offset"];

    private Trace(string name, IReadOnlyList<TraceLine> lines) => (Name, Lines) = (name, lines);

    /// <summary>The name that the user knows: the file's path.</summary>
    public string Name { get; }

    public IReadOnlyList<TraceLine> Lines { get; }

    /// <param name="name">The trace's name, for messages.</param>
    /// <param name="text">One JSON value a line; empty lines do not count.</param>
    /// <exception cref="TraceException">A line is no JSON, or a field has a wrong type.</exception>
    public static Trace Read(string name, string text)
    {
        var lines = new List<TraceLine>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.IsWhiteSpace())
                lines.Add(new(number, Node(name, number, line.ToString())));
        }
        return new(name, lines);
    }

    private static JsonElement Node(string name, int number, string line)
    {
        try
        {
            var node = JsonDocument.Parse(line).RootElement;
            if (!IsRecord(node))
                node = JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["value"] = node });
            return Checked(name, number, node);
        }
        catch (JsonException error)
        {
            throw new TraceException(
                $"{name}:{number}:{error.BytePositionInLine + 1}: no JSON; write one record a line: {{\"timestamp\": 1600000000000, "
                    + "\"value\": {\"image\": \"Dots\"}}",
                error);
        }
    }

    private static bool IsRecord(JsonElement node) => node.ValueKind == JsonValueKind.Object
        && node.EnumerateObject().Any() && node.EnumerateObject().All(field => Fields.Contains(field.Name))
        && node.EnumerateObject().Any(field => field.Name is "key" or "value");

    private static JsonElement Checked(string name, int number, JsonElement node)
    {
        if (node.TryGetProperty("timestamp", out var timestamp)
            && !(timestamp.ValueKind == JsonValueKind.Number && timestamp.TryGetInt64(out _)))
            throw new TraceException(
                $"{name}:{number}: the timestamp {timestamp.GetRawText()} is no whole number of milliseconds since 1970");
        if (node.TryGetProperty("topic", out var topic) && topic.ValueKind != JsonValueKind.String)
            throw new TraceException($"{name}:{number}: the topic {topic.GetRawText()} is no string");
        return node;
    }
}

/// <param name="Number">Number of the line, from 1.</param>
public sealed record TraceLine(int Number, JsonElement Node);
