using System.Text.Json;
using System.Text.Unicode;

namespace SockSort.Connect.FileSink;

/// <summary>A record's value as one line of JSON.</summary>
/// <remarks>
/// JSON stays as it is, without its line breaks; other text becomes a string, what is no text <c>{"base64": "…"}</c>, no value <c>null</c>.
/// </remarks>
internal static class JsonLine
{
    public static void Write(ReadOnlyMemory<byte>? value, MemoryStream into)
    {
        if (value is not { } bytes)
            into.Write("null"u8);
        else if (TryWriteJson(bytes, into) is false)
            WriteText(bytes.Span, into);
        into.WriteByte((byte)'\n');
    }

    private static bool TryWriteJson(ReadOnlyMemory<byte> bytes, MemoryStream into)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (!bytes.Span.ContainsAny("\r\n"u8))
            {
                into.Write(bytes.Span);
                return true;
            }
            using var writer = new Utf8JsonWriter(into);
            document.WriteTo(writer);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
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
