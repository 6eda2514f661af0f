using System.Text.Json;

namespace SockSort.Sql.Formats;

/// <summary>Writes values as clients of the REST API get them: as in records, but dates and times as text.</summary>
public static class ClientJson
{
    /// <summary>The options that the writer must be made with: digits are kept as SQL has them.</summary>
    public static JsonWriterOptions WriterOptions => JsonText.Options;

    /// <param name="writer">A writer made with <see cref="WriterOptions"/>.</param>
    /// <param name="value">A boxed value, or null.</param>
    public static void Write(Utf8JsonWriter writer, object? value) => JsonText.Write(writer, value, timesAsText: true);
}
