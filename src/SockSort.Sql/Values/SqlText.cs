using System.Globalization;
using System.Text;
using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Writes values as text, as <c>CAST(… AS STRING)</c> does, in Java's forms.</summary>
public static class SqlText
{
    /// <param name="value">Boxed; not null.</param>
    public static string Of(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => OfDouble(number),
        SqlDate date => DateOf(date),
        SqlTime time => TimeOf(time),
        SqlTimestamp timestamp => TimestampOf(timestamp),
        SqlArray array => $"[{string.Join(", ", array.Select(OfNullable))}]",
        SqlMap map => $"{{{string.Join(", ", map.Select(entry => $"{OfNullable(entry.Key)}={OfNullable(entry.Value)}"))}}}",
        SqlStruct row => OfStruct(row),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Writes a number as Java's <c>Double.toString</c> does: <c>1.0</c>, <c>1.0E10</c>, <c>NaN</c>.</summary>
    public static string OfDouble(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";
        var magnitude = Math.Abs(value);
        return magnitude is >= 1e-3 and < 1e7 ? Plain(value.ToString("R", CultureInfo.InvariantCulture)) : Scientific(value);
    }

    public static string DateOf(SqlDate date) => DateTime.UnixEpoch.AddDays(date.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes a time of day: <c>09:30:00</c>, with milliseconds where there are any.</summary>
    public static string TimeOf(SqlTime time)
    {
        var value = TimeSpan.FromMilliseconds(time.Milliseconds);
        return value.ToString(value.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture) is var text
            && value is { Seconds: 0, Milliseconds: 0 } ? text[..5] : text;
    }

    public static string TimestampOf(SqlTimestamp timestamp) =>
        MomentOf(timestamp.Milliseconds, "yyyy-MM-ddTHH:mm:ss.fff");

    /// <summary>Writes a moment in UTC; one beyond the years 1 to 9999 as its milliseconds since 1970.</summary>
    public static string MomentOf(long milliseconds, string format) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999
            ? DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString(format, CultureInfo.InvariantCulture)
            : milliseconds.ToString(CultureInfo.InvariantCulture);

    private static string OfNullable(object? value) => value is null ? "null" : Of(value);

    private static string OfStruct(SqlStruct row)
    {
        // Kafka Connect's Struct.toString leaves NULL fields out.
        var text = new StringBuilder("Struct{");
        var separator = "";
        for (var i = 0; i < row.Values.Count; i++)
        {
            if (row.Values[i] is not { } value)
                continue;
            _ = text.Append($"{separator}{row.Type.Fields[i].Name}={Of(value)}");
            separator = ",";
        }
        return text.Append('}').ToString();
    }

    private static string Plain(string shortest)
    {
        if (shortest.Contains('E'))
            shortest = double.Parse(shortest, CultureInfo.InvariantCulture)
                .ToString("0.####################", CultureInfo.InvariantCulture);
        return shortest.Contains('.') ? shortest : shortest + ".0";
    }

    private static string Scientific(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        // Java writes two digits at least, and those as near as can be: 4.9E-324, where one digit would say 5E-324.
        if (shortest.Count(char.IsAsciiDigit) - shortest[Math.Max(0, shortest.IndexOf('E'))..].Count(char.IsAsciiDigit) <= 1
            && shortest.Contains('E'))
            shortest = value.ToString("E1", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E');
        var exponent = exponentAt < 0
            ? 0
            : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var sign = mantissa.StartsWith('-') ? "-" : "";
        mantissa = mantissa.TrimStart('-');
        var point = mantissa.IndexOf('.') is var at and >= 0 ? at : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits[leading..].TrimEnd('0');
        exponent += point - 1 - leading;
        return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}";
    }
}
