using System.Globalization;
using System.Text;
using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>JSON as Jackson writes it: no blanks, letters other than ASCII as they are, decimals with all their digits.</summary>
internal static class JacksonText
{
    /// <param name="plainNumbers">False: large exponents stay, in Java's form (<c>1.5E+30</c>).</param>
    public static string Of(JsonElement element, bool plainNumbers = false)
    {
        var text = new StringBuilder();
        Write(text, element, plainNumbers);
        return text.ToString();
    }

    /// <param name="value">A boxed value, or null.</param>
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    public static void Write(StringBuilder text, JsonElement element, bool plainNumbers)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Members(text, LastOfEach(element), member => Write(text, member, plainNumbers));
                break;
            case JsonValueKind.Array:
                Items(text, element.EnumerateArray(), item => Write(text, item, plainNumbers));
                break;
            case JsonValueKind.String:
                Quote(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                _ = text.Append(JacksonNumber.Of(element.GetRawText(), plainNumbers));
                break;
            default:
                _ = text.Append(element.GetRawText());
                break;
        }
    }

    /// <summary>Writes members in the order of their names.</summary>
    public static void Members<T>(StringBuilder text, IEnumerable<KeyValuePair<string, T>> members, Action<T> write)
    {
        _ = text.Append('{');
        var separator = "";
        foreach (var (name, value) in members)
        {
            Quote(text.Append(separator), name);
            _ = text.Append(':');
            write(value);
            separator = ",";
        }
        _ = text.Append('}');
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                _ = text.Append("null");
                break;
            case bool or int or long or BigDecimal:
                _ = text.Append(SqlText.Of(value));
                break;
            case double number when double.IsFinite(number):
                _ = text.Append(SqlText.OfDouble(number));
                break;
            case SqlBytes bytes:
                Quote(text, TextEncoding.Base64.Write(bytes.Content));
                break;
            case SqlArray array:
                Items(text, array, item => Write(text, item));
                break;
            case SqlMap map:
                Members(
                    text,
                    map.Select(entry => KeyValuePair.Create(SqlText.Of(entry.Key), entry.Value))
                        .OrderBy(entry => entry.Key, StringComparer.Ordinal),
                    item => Write(text, item));
                break;
            case SqlStruct row:
                Members(
                    text,
                    row.Type.Fields.Select((field, i) => KeyValuePair.Create(field.Name, row.Values[i]))
                        .OrderBy(entry => entry.Key, StringComparer.Ordinal),
                    item => Write(text, item));
                break;
            default:
                Quote(text, SqlText.Of(value));
                break;
        }
    }

    private static void Items<T>(StringBuilder text, IEnumerable<T> items, Action<T> write)
    {
        _ = text.Append('[');
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                _ = text.Append(',');
            isFirst = false;
            write(item);
        }
        _ = text.Append(']');
    }

    private static OrderedDictionary<string, JsonElement> LastOfEach(JsonElement element)
    {
        var members = new OrderedDictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }

    private static void Quote(StringBuilder text, string value)
    {
        _ = text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append(@"\b"),
                '\t' => text.Append(@"\t"),
                '\n' => text.Append(@"\n"),
                '\f' => text.Append(@"\f"),
                '\r' => text.Append(@"\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }
        _ = text.Append('"');
    }
}
