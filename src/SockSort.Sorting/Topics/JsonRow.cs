using System.Text;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>The value of a record as an object of JSON; a missing or foreign field reads as nothing.</summary>
internal sealed class JsonRow : IDisposable
{
    private readonly JsonDocument _document;

    private JsonRow(JsonDocument document) => _document = document;

    /// <summary>Null for a tombstone, and for what is no object of JSON.</summary>
    public static JsonRow? Of(in LogRecord record)
    {
        if (record.Value is not { } value)
            return null;
        try
        {
            var document = JsonDocument.Parse(value);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new JsonRow(document);
            document.Dispose();
        }
        catch (JsonException)
        {
            // Of another program: it is shown in the topic, and counts for nothing here.
        }
        return null;
    }

    /// <summary>The record's key as text; empty for none.</summary>
    public static string KeyOf(in LogRecord record) => record.Key is { } key ? Encoding.UTF8.GetString(key.Span) : "";

    public string? Text(string name) =>
        _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long Whole(string name)
    {
        var isNumber = _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number;
        return isNumber && value.TryGetInt64(out var whole) ? whole : 0;
    }

    public double Number(string name) =>
        _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    public bool IsTrue(string name) => _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public void Dispose() => _document.Dispose();
}
