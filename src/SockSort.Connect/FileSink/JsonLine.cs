using System.Text.Json;
using System.Text.Unicode;
using SockSort.Connect.Sinks;

namespace SockSort.Connect.FileSink;

/// <summary>Writes a record's value as one line of JSON.</summary>
/// <remarks>
/// JSON stays as it is, without its line breaks. Other text becomes a string, binary data becomes <c>{"base64": "…"}</c>, and a missing
/// value becomes <c>null</c>.
/// </remarks>
internal static class JsonLine
{
    public static void Write(ReadOnlyMemory<byte>? value, MemoryStream into)
    {
        if (value is not { } bytes)
            into.Write("null"u8);
        else if (Utf8.IsValid(bytes.Span) && RecordJson.IsJson(bytes.Span))
            WriteWithoutLineBreaks(bytes.Span, into);
        else
            WriteText(bytes.Span, into);
        into.WriteByte((byte)'\n');
    }

    // JSON strings contain no raw line breaks, so those that are found are whitespace between tokens.
    private static void WriteWithoutLineBreaks(ReadOnlySpan<byte> bytes, MemoryStream into)
    {
        while (bytes.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var at)
        {
            into.Write(bytes[..at]);
            bytes = bytes[(at + 1)..];
        }
        into.Write(bytes);
    }

    private static void WriteText(ReadOnlySpan<byte> bytes, MemoryStream into)
    {
        using var writer = new Utf8JsonWriter(into);
        if (Utf8.IsValid(bytes))
        {
            writer.WriteStringValue(bytes);
            return;
        }
        writer.WriteStartObject();
        writer.WriteBase64String("base64", bytes);
        writer.WriteEndObject();
    }
}
