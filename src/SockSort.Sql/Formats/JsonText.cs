using System.Text.Encodings.Web;
using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Writes SQL values as JSON, in the forms of ksqlDB's JSON format.</summary>
public static class JsonText
{
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Options of the program's own output: other letters than ASCII stay as they are, and NaN is handled here.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="value">A boxed value, or null.</param>
    /// <param name="timesAsText">Whether dates and times are text, as clients get them; else they are numbers, as in records.</param>
    public static void Write(Utf8JsonWriter writer, object? value, bool timesAsText = false)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                WriteDouble(writer, number);
                break;
            case BigDecimal number:
                writer.WriteRawValue(number.ToString(), skipInputValidation: true);
                break;
            case SqlBytes bytes:
                writer.WriteBase64StringValue(bytes.Content);
                break;
            case SqlDate or SqlTime or SqlTimestamp when timesAsText:
                writer.WriteStringValue(SqlText.Of(value));
                break;
            case SqlDate date:
                writer.WriteNumberValue(date.Days);
                break;
            case SqlTime time:
                writer.WriteNumberValue(time.Milliseconds);
                break;
            case SqlTimestamp timestamp:
                writer.WriteNumberValue(timestamp.Milliseconds);
                break;
            default:
                WriteCollection(writer, value, timesAsText);
                break;
        }
    }

    /// <summary>Writes a number with a point always; NaN and the infinities as strings, as Jackson writes them.</summary>
    public static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        var text = SqlText.OfDouble(value);
        if (double.IsFinite(value))
            writer.WriteRawValue(text, skipInputValidation: true);
        else
            writer.WriteStringValue(text);
    }

    private static void WriteCollection(Utf8JsonWriter writer, object value, bool timesAsText)
    {
        switch (value)
        {
            case SqlArray array:
                writer.WriteStartArray();
                foreach (var item in array)
                    Write(writer, item, timesAsText);
                writer.WriteEndArray();
                break;
            case SqlMap map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(SqlText.Of(key));
                    Write(writer, item, timesAsText);
                }
                writer.WriteEndObject();
                break;
            case SqlStruct row:
                writer.WriteStartObject();
                for (var i = 0; i < row.Values.Count; i++)
                {
                    writer.WritePropertyName(row.Type.Fields[i].Name);
                    Write(writer, row.Values[i], timesAsText);
                }
                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"JSON has no form of {value.GetType().Name}");
        }
    }
}
