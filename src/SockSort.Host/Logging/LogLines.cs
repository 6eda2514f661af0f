using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace SockSort.Host.Logging;

/// <summary>Formats an event as one line.</summary>
internal static class LogLines
{
    private const string Room = "SockSort.";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>2026-11-30T03:42:37.120Z warning Connect 4003 connector 'sock': …</c></summary>
    public static string Text(DateTimeOffset at, string category, LogLevel level, EventId id, string text) =>
        $"{TimeOf(at)} {NameOf(level)} {RoomOf(category)} {id.Id} {OneLine(text)}";

    /// <summary>
    /// <c>{"time": …, "level": …, "category": …, "event": 4003, "name": …, "message": …}</c> and the fields of the event by name.
    /// </summary>
    public static string JsonOf(
        DateTimeOffset at, string category, LogLevel level, EventId id, string text, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("time", TimeOf(at));
            json.WriteString("level", NameOf(level));
            json.WriteString("category", category);
            json.WriteNumber("event", id.Id);
            json.WriteString("name", id.Name);
            json.WriteString("message", text);
            foreach (var (name, value) in fields.Where(field => field.Key != "{OriginalFormat}"))
                Write(json, char.ToLowerInvariant(name[0]) + name[1..], value);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or short or byte:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string TimeOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string NameOf(LogLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>The project of a category: <c>Connect</c> for <c>SockSort.Connect.Worker.ConnectWorker</c>.</summary>
    private static string RoomOf(string category) =>
        category.StartsWith(Room, StringComparison.Ordinal) ? category[Room.Length..].Split('.')[0] : category;

    /// <summary>Joins lines, since the second line of a text could imitate another event.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" | ");
}
