using System.Text.Json;
using SockSort.Sql.Execution;
using SockSort.Sql.Types;

namespace SockSort.Sql.Formats;

/// <summary>Values as clients of the REST API get them: as in records, but dates and times as text.</summary>
public static class ClientJson
{
    /// <summary>What the writer needs to be made with: digits are kept as SQL has them.</summary>
    public static JsonWriterOptions WriterOptions => JsonText.Options;

    /// <param name="writer">Made with <see cref="WriterOptions"/>.</param>
    /// <param name="value">Boxed, or null.</param>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case SqlDate or SqlTime or SqlTimestamp:
                writer.WriteStringValue(SqlText.Of(value));
                break;
            case SqlArray array:
                writer.WriteStartArray();
                foreach (var item in array)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case SqlMap map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(SqlText.Of(key));
                    Write(writer, item);
                }
                writer.WriteEndObject();
                break;
            case SqlStruct row:
                writer.WriteStartObject();
                for (var i = 0; i < row.Values.Count; i++)
                {
                    writer.WritePropertyName(row.Type.Fields[i].Name);
                    Write(writer, row.Values[i]);
                }
                writer.WriteEndObject();
                break;
            default:
                JsonText.Write(writer, value);
                break;
        }
    }
}
