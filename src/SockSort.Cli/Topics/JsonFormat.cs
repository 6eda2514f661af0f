using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>Formats a record as one line of JSON.</summary>
internal sealed class JsonFormat : IRecordFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(LogRecord record, MemoryStream into)
    {
        using (var json = new Utf8JsonWriter(into, Options))
            Write(json, record);
        into.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, LogRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("partition", record.Partition);
        json.WriteNumber("offset", record.Offset);
        json.WriteNumber("timestamp", record.TimestampMs);
        Write(json, "key", record.Key);
        Write(json, "value", record.Value);
        json.WriteStartObject("headers");
        foreach (var header in record.Headers)
            Write(json, header.Name, header.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Bytes that are not UTF-8 would be lost in a JSON string, so they are written as {"base64": "..."}.
    private static void Write(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } some)
        {
            json.WriteNull(name);
        }
        else if (Utf8.IsValid(some.Span))
        {
            json.WriteString(name, some.Span);
        }
        else
        {
            json.WriteStartObject(name);
            json.WriteBase64String("base64", some.Span);
            json.WriteEndObject();
        }
    }
}
