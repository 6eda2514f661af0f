using System.Text.Json;

namespace SockSort.Sql.Formats;

/// <summary>Values as clients of the REST API get them: as in records, but dates and times as text.</summary>
public static class ClientJson
{
    /// <summary>What the writer needs to be made with: digits are kept as SQL has them.</summary>
    public static JsonWriterOptions WriterOptions => JsonText.Options;

    /// <param name="writer">Made with <see cref="WriterOptions"/>.</param>
    /// <param name="value">Boxed, or null.</param>
    public static void Write(Utf8JsonWriter writer, object? value) => JsonText.Write(writer, value, timesAsText: true);
}
