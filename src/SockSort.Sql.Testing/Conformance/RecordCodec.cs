using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Turns records of test files into bytes, as a producer of that format would write them, and back.</summary>
internal static class RecordCodec
{
    public static NewRecord ToRecord(JsonElement node, DataSource? source)
    {
        var key = Bytes(node, "key", source?.KeyFormat, source?.Schema.Keys ?? []);
        if (key is not null && node.TryGetProperty("window", out var window))
            key = [.. key, .. WindowBytes(window)];
        var timestamp = node.TryGetProperty("timestamp", out var at) ? at.GetInt64() : 0;
        return NewRecord.Of(timestamp, key, Bytes(node, "value", source?.ValueFormat, source?.Schema.Values ?? []), Headers(node));
    }

    /// <summary>Splits a windowed key into the key's bytes and its window.</summary>
    public static (ReadOnlyMemory<byte> Key, long Start, long End) SplitWindow(ReadOnlyMemory<byte> key, WindowType window)
    {
        var start = BinaryPrimitives.ReadInt64BigEndian(key.Span[^8..]);
        return window.Kind == WindowKind.Session
            ? (key[..^16], start, BinaryPrimitives.ReadInt64BigEndian(key.Span[^16..]))
            : (key[..^8], start, start + (long)window.Size!.Value.TotalMilliseconds);
    }

    /// <summary>Reads bytes as the JSON that the files write: text for DELIMITED, the value for KAFKA.</summary>
    public static JsonElement? ToJson(ReadOnlyMemory<byte>? bytes, FormatSpec format, IReadOnlyList<SourceColumn> columns)
    {
        if (bytes is not { } content)
            return null;
        if (format.Kind == FormatKind.Json)
            return JsonDocument.Parse(content).RootElement;
        var type = format.Kind == FormatKind.Kafka && columns.Count > 0 ? columns[0].Type.Base : SqlBaseType.String;
        return type switch
        {
            SqlBaseType.Integer => JsonSerializer.SerializeToElement(BinaryPrimitives.ReadInt32BigEndian(content.Span)),
            SqlBaseType.Bigint => JsonSerializer.SerializeToElement(BinaryPrimitives.ReadInt64BigEndian(content.Span)),
            SqlBaseType.Double => JsonSerializer.SerializeToElement(BinaryPrimitives.ReadDoubleBigEndian(content.Span)),
            SqlBaseType.Bytes => JsonSerializer.SerializeToElement(Convert.ToBase64String(content.Span)),
            _ => JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(content.Span)),
        };
    }

    public static bool SameHeaders(JsonElement expected, IReadOnlyList<RecordHeader> actual) =>
        expected.GetArrayLength() == actual.Count && expected.EnumerateArray().Zip(actual).All(pair =>
            pair.First.GetProperty("KEY").GetString() == pair.Second.Name
            && pair.First.GetProperty("VALUE").GetString() == (pair.Second.Value is { } value ? Convert.ToBase64String(value.Span) : null));

    private static byte[]? Bytes(JsonElement node, string property, FormatSpec? format, IReadOnlyList<SourceColumn> columns)
    {
        if (!node.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return format?.Kind switch
        {
            FormatKind.Json => Encoding.UTF8.GetBytes(value.GetRawText()),
            FormatKind.Kafka when columns.Count > 0 => KafkaBytes(value, columns[0].Type.Base),
            FormatKind.None => null,
            _ => Encoding.UTF8.GetBytes(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()),
        };
    }

    private static byte[] KafkaBytes(JsonElement value, SqlBaseType type)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        switch (type)
        {
            case SqlBaseType.Integer:
                var small = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(small, int.Parse(text, CultureInfo.InvariantCulture));
                return small;
            case SqlBaseType.Bigint:
                var large = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(large, long.Parse(text, CultureInfo.InvariantCulture));
                return large;
            case SqlBaseType.Double:
                var real = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(real, double.Parse(text, CultureInfo.InvariantCulture));
                return real;
            case SqlBaseType.Bytes:
                return Convert.FromBase64String(text);
            default:
                return Encoding.UTF8.GetBytes(text);
        }
    }

    private static byte[] WindowBytes(JsonElement window)
    {
        var start = window.GetProperty("start").GetInt64();
        var bytes = new byte[window.GetProperty("type").GetString() == "session" ? 16 : 8];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(bytes.Length - 8), start);
        if (bytes.Length == 16)
            BinaryPrimitives.WriteInt64BigEndian(bytes, window.GetProperty("end").GetInt64());
        return bytes;
    }

    private static IReadOnlyList<RecordHeader> Headers(JsonElement node) => !node.TryGetProperty("headers", out var headers)
        ? RecordHeader.None
        : [.. headers.EnumerateArray().Select(header => new RecordHeader(
            header.GetProperty("KEY").GetString()!,
            header.GetProperty("VALUE").ValueKind == JsonValueKind.Null
                ? null
                : NewRecord.Memory(Convert.FromBase64String(header.GetProperty("VALUE").GetString()!))))];
}
