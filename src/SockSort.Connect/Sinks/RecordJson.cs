using System.Text.Json;

namespace SockSort.Connect.Sinks;

/// <summary>Tells JSON from other values.</summary>
internal static class RecordJson
{
    /// <summary>Whether a value is one JSON value by its grammar; what its texts are made of is not looked at.</summary>
    public static bool IsJson(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
