using System.Globalization;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads single values as the DELIMITED format holds them: dates and times as numbers, bytes in base64.</summary>
internal static class DelimitedText
{
    /// <exception cref="FormatException">The text is no such value.</exception>
    public static object? Read(string text, SqlType type) => type.Base switch
    {
        SqlBaseType.String => text,
        SqlBaseType.Boolean => bool.TryParse(text.Trim(), out var flag) && flag,
        SqlBaseType.Bytes => new SqlBytes(Convert.FromBase64String(text)),
        SqlBaseType.Date => new SqlDate(int.Parse(text.Trim(), CultureInfo.InvariantCulture)),
        SqlBaseType.Time => new SqlTime(int.Parse(text.Trim(), CultureInfo.InvariantCulture)),
        SqlBaseType.Timestamp => new SqlTimestamp(long.Parse(text.Trim(), CultureInfo.InvariantCulture)),
        _ => SqlCasts.FromText(text, type),
    };

    public static string Of(object value) => value switch
    {
        SqlDate date => date.Days.ToString(CultureInfo.InvariantCulture),
        SqlTime time => time.Milliseconds.ToString(CultureInfo.InvariantCulture),
        SqlTimestamp timestamp => timestamp.Milliseconds.ToString(CultureInfo.InvariantCulture),
        _ => SqlText.Of(value),
    };
}
