using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>A record as test files write it: key and value as JSON, the window apart from the key.</summary>
internal readonly record struct DecodedRecord(JsonElement? Key, JsonElement? Value, (long Start, long End)? Window, long TimestampMs)
{
    private static readonly FormatSpec Unknown = new(FormatKind.Delimited);

    /// <param name="record">Of a topic.</param>
    /// <param name="source">The stream or table over the topic; null where there is none.</param>
    public static DecodedRecord Of(LogRecord record, DataSource? source)
    {
        if (record.Key is { } bytes && source?.Window is { } type)
        {
            var (key, start, end) = RecordCodec.SplitWindow(bytes, type);
            return Of(key, record.Value, (start, end), record.TimestampMs, source);
        }
        return Of(record.Key, record.Value, window: null, record.TimestampMs, source);
    }

    /// <inheritdoc cref="Of(LogRecord, DataSource?)"/>
    public static DecodedRecord Of(
        ReadOnlyMemory<byte>? key, ReadOnlyMemory<byte>? value, (long Start, long End)? window, long timestampMs, DataSource? source) =>
        new(
            RecordCodec.ToJson(key, source?.KeyFormat ?? Unknown, source?.Schema.Keys ?? []),
            RecordCodec.ToJson(value, source?.ValueFormat ?? Unknown, source?.Schema.Values ?? []),
            window,
            timestampMs);

    public override string ToString()
    {
        var window = Window is { } bounds ? $", window {bounds.Start}..{bounds.End}" : "";
        return $"key {Key?.GetRawText() ?? "null"}, value {Value?.GetRawText() ?? "null"}, timestamp {TimestampMs}{window}";
    }
}
