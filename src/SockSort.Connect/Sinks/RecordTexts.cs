using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SockSort.Log;

namespace SockSort.Connect.Sinks;

/// <summary>Puts a record's topic and key into a text that has <c>${topic}</c> and <c>${key}</c>.</summary>
internal static class RecordTexts
{
    public const string Topic = "${topic}";
    public const string Key = "${key}";

    /// <param name="encode">Of what is put in.</param>
    /// <returns>Null where the key is asked for, and there is none or it is no text.</returns>
    public static string? Fill(string pattern, string topic, LogRecord record, Func<string, string> encode)
    {
        var filled = pattern.Replace(Topic, encode(topic), StringComparison.Ordinal);
        if (!filled.Contains(Key, StringComparison.Ordinal))
            return filled;
        return KeyOf(record) is { Length: > 0 } key ? filled.Replace(Key, encode(key), StringComparison.Ordinal) : null;
    }

    /// <summary>A key of JSON that is a string, without its quotes.</summary>
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
