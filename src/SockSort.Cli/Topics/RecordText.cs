using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>How a record is shown.</summary>
internal enum RecordFormat
{
    Value,
    KeyAndValue,
    Json,
}

/// <summary>A record as one line.</summary>
internal static class RecordText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(LogRecord record, RecordFormat format, MemoryStream into)
    {
        if (format == RecordFormat.Json)
        {
            WriteJson(record, into);
        }
        else
        {
            if (format == RecordFormat.KeyAndValue)
            {
                WriteBytes(record.Key, into);
                into.WriteByte((byte)'\t');
            }
            WriteBytes(record.Value, into);
        }
        into.WriteByte((byte)'\n');
    }

    private static void WriteBytes(ReadOnlyMemory<byte>? bytes, MemoryStream into) => into.Write(bytes is { } some ? some.Span : "null"u8);

    private static void WriteJson(LogRecord record, MemoryStream into)
    {
        using var json = new Utf8JsonWriter(into, Options);
        json.WriteStartObject();
        json.WriteNumber("partition", record.Partition);
        json.WriteNumber("offset", record.Offset);
        json.WriteNumber("timestamp", record.TimestampMs);
        WriteJson(json, "key", record.Key);
        WriteJson(json, "value", record.Value);
        json.WriteStartObject("headers");
        foreach (var header in record.Headers)
            WriteJson(json, header.Name, header.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What is no text would lose bytes as a JSON string: it goes out as {"base64": "..."}.
    private static void WriteJson(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? bytes)
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
