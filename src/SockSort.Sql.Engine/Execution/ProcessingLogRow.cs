using System.Buffers;
using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;

namespace SockSort.Sql.Engine.Execution;

/// <summary>What a row of <see cref="ProcessingLog"/> holds.</summary>
internal static class ProcessingLogRow
{
    /// <summary>The letter as a row in JSON.</summary>
    public static byte[] Of(in LogRecord letter)
    {
        var (query, topic, reason) = (Told(in letter, "connector.name"), Told(in letter, "topic"), Told(in letter, "exception.message"));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("LOGGER", $"processing.{query}.{topic}.deserializer");
            json.WriteString("LEVEL", "ERROR");
            json.WriteNumber("TIME", letter.TimestampMs);
            json.WriteStartObject("MESSAGE");
            json.WriteNumber("TYPE", 0);
            json.WriteStartObject("DESERIALIZATIONERROR");
            json.WriteString("TARGET", "value");
            json.WriteString("ERRORMESSAGE", reason);
            if (letter.Value is { } value)
                json.WriteBase64String("RECORDB64", value.Span);
            json.WriteString("TOPIC", topic);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("QUERYID", query);
            json.WriteString("SOURCE_TOPIC", topic);
            json.WriteString("SOURCE_PARTITION", Told(in letter, "partition"));
            json.WriteString("SOURCE_OFFSET", Told(in letter, "offset"));
            json.WriteString("REASON", reason);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string? Told(in LogRecord letter, string name)
    {
        foreach (var header in letter.Headers)
        {
            if (header.Name == DeadLetters.Prefix + name)
                return header.Value is { } value ? Encoding.UTF8.GetString(value.Span) : null;
        }
        return null;
    }
}
