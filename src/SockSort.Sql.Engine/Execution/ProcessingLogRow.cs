using System.Buffers;
using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Makes rows of <see cref="ProcessingLog"/> from dead letters.</summary>
internal static class ProcessingLogRow
{
    /// <summary>Makes the row of a dead letter, in JSON.</summary>
    public static byte[] Of(in LogRecord deadLetter)
    {
        var query = HeaderOf(in deadLetter, "connector.name");
        var topic = HeaderOf(in deadLetter, "topic");
        var reason = HeaderOf(in deadLetter, "exception.message");
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("LOGGER", $"processing.{query}.{topic}.deserializer");
            json.WriteString("LEVEL", "ERROR");
            json.WriteNumber("TIME", deadLetter.TimestampMs);
            json.WriteStartObject("MESSAGE");
            json.WriteNumber("TYPE", 0);
            json.WriteStartObject("DESERIALIZATIONERROR");
            json.WriteString("TARGET", "value");
            json.WriteString("ERRORMESSAGE", reason);
            if (deadLetter.Value is { } value)
                json.WriteBase64String("RECORDB64", value.Span);
            json.WriteString("TOPIC", topic);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("QUERYID", query);
            json.WriteString("SOURCE_TOPIC", topic);
            json.WriteString("SOURCE_PARTITION", HeaderOf(in deadLetter, "partition"));
            json.WriteString("SOURCE_OFFSET", HeaderOf(in deadLetter, "offset"));
            json.WriteString("REASON", reason);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string? HeaderOf(in LogRecord deadLetter, string name)
    {
        foreach (var header in deadLetter.Headers)
        {
            if (header.Name == DeadLetters.Prefix + name)
                return header.Value is { } value ? Encoding.UTF8.GetString(value.Span) : null;
        }
        return null;
    }
}
