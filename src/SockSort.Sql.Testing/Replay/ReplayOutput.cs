using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.Replay;

/// <summary>One record that a query wrote, or one row of a SELECT.</summary>
/// <param name="Topic">The topic, or <c>(select 1)</c> for a SELECT.</param>
/// <param name="Line">
/// The record as a line of an expectation: <c>{"topic": …, "key": …, "value": …, "timestamp": …, "window": …}</c>.
/// </param>
public sealed record ReplayOutput(string Topic, JsonElement Line)
{
    /// <summary>The line as JSON without blanks.</summary>
    public override string ToString() => JsonSerializer.Serialize(Line, JsonText.Compact);

    internal static ReplayOutput Of(string topic, LogRecord record, DataSource? source)
    {
        var line = new Dictionary<string, object?> { ["topic"] = topic };
        var key = record.Key;
        object? window = null;
        if (key is { } bytes && source?.Window is { } type)
        {
            (key, var start, var end) = RecordCodec.SplitWindow(bytes, type);
            window = new { start, end, type = type.Kind == WindowKind.Session ? "session" : "time" };
        }
        line["key"] = RecordCodec.ToJson(key, source?.KeyFormat ?? new(FormatKind.Delimited), source?.Schema.Keys ?? []);
        line["value"] = RecordCodec.ToJson(record.Value, source?.ValueFormat ?? new(FormatKind.Delimited), source?.Schema.Values ?? []);
        line["timestamp"] = record.TimestampMs;
        if (window is not null)
            line["window"] = window;
        return new(topic, JsonSerializer.SerializeToElement(line, JsonText.Compact));
    }

    internal static ReplayOutput Of(string topic, IReadOnlyList<SourceColumn> columns, IReadOnlyList<object?> row, bool isTombstone)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("topic", topic);
            json.WriteStartObject("value");
            for (var i = 0; i < columns.Count && i < row.Count; i++)
            {
                json.WritePropertyName(columns[i].Name);
                JsonText.Write(json, row[i]);
            }
            json.WriteEndObject();
            if (isTombstone)
                json.WriteBoolean("gone", true);
            json.WriteEndObject();
        }
        return new(topic, JsonDocument.Parse(Encoding.UTF8.GetString(bytes.ToArray())).RootElement);
    }
}
