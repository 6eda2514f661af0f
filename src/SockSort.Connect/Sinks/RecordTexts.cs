using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SockSort.Log;

namespace SockSort.Connect.Sinks;

/// <summary>Replaces <c>${topic}</c> and <c>${key}</c> in a text by a record's topic and key.</summary>
internal static class RecordTexts
{
    public const string Topic = "${topic}";
    public const string Key = "${key}";

    /// <param name="encode">Encodes the topic and the key before they are inserted.</param>
    /// <returns>The filled text; null where it contains <c>${key}</c> and the record's key is missing, empty or not UTF-8.</returns>
    public static string? Fill(string pattern, string topic, LogRecord record, Func<string, string> encode)
    {
        var filled = pattern.Replace(Topic, encode(topic), StringComparison.Ordinal);
        if (!filled.Contains(Key, StringComparison.Ordinal))
            return filled;
        return KeyOf(record) is { Length: > 0 } key ? filled.Replace(Key, encode(key), StringComparison.Ordinal) : null;
    }

    /// <summary>
    /// Returns the key as text, without its quotes where it is a JSON string; null where the record has no key, or one that is not UTF-8.
    /// </summary>
    public static string? KeyOf(LogRecord record)
    {
        if (record.Key is not { } bytes || !Utf8.IsValid(bytes.Span))
            return null;
        var text = Encoding.UTF8.GetString(bytes.Span);
        if (!text.StartsWith('"'))
            return text;
        try
        {
            return JsonSerializer.Deserialize(text, KeyJson.Default.String);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class KeyJson : System.Text.Json.Serialization.JsonSerializerContext;
