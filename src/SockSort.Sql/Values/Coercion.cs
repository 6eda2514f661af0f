using System.Numerics;
using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Converts a value that a user gives to the type of its column; a value that would not stay the same is refused.</summary>
/// <remarks>
/// The rules are those of ksqlDB's strict coercer: INTEGER widens to BIGINT, these to DECIMAL, and all of them to DOUBLE; a decimal
/// must fit without rounding; text is read as DATE, TIME, TIMESTAMP or BYTES (base64). Nothing narrows.
/// </remarks>
public static class Coercion
{
    // A message names the value, not a document.
    private const int MostShown = 80;

    /// <param name="value">Boxed as <see cref="SqlArray"/> holds values, or null.</param>
    /// <param name="to">Type of the column.</param>
    /// <exception cref="FormatException">The value does not fit; the message says why.</exception>
    public static object? Convert(object? value, SqlType to) => (value, to) switch
    {
        (null, _) => null,
        (bool, { Base: SqlBaseType.Boolean }) => value,
        (int or long or BigDecimal or double, { IsNumeric: true }) => Number(value, to),
        (string, { Base: SqlBaseType.String }) => value,
        (string text, { IsTemporal: true }) => SqlCasts.FromText(text, to),
        (string text, { Base: SqlBaseType.Bytes }) => Base64(text),
        (SqlBytes, { Base: SqlBaseType.Bytes }) => value,
        (SqlDate, { Base: SqlBaseType.Date }) => value,
        (SqlTime, { Base: SqlBaseType.Time }) => value,
        (SqlTimestamp, { Base: SqlBaseType.Timestamp }) => value,
        (SqlArray array, ArrayType type) => new SqlArray([.. array.Select(item => Convert(item, type.Element))]),
        (SqlMap map, MapType type) => Map(map, type),
        (SqlStruct row, StructType type) => Struct(row, type),
        _ => throw Misfit(value, to),
    };

    /// <summary>Converts a number to the type's scale.</summary>
    /// <exception cref="FormatException">The number has more digits than the type.</exception>
    public static BigDecimal Exactly(BigDecimal number, DecimalType type)
    {
        var scaled = number.WithScale(type.Scale);
        return scaled.Equals(number) && BigInteger.Abs(scaled.Unscaled) < BigInteger.Pow(10, type.Precision)
            ? scaled
            : throw new FormatException($"{number} does not fit into {type} without loss");
    }

    /// <exception cref="FormatException">The text is no base64; as in Java, the padding may be missing.</exception>
    public static SqlBytes Base64(string text)
    {
        var trimmed = text.Trim();
        try
        {
            return new SqlBytes(System.Convert.FromBase64String(trimmed.PadRight((trimmed.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw new FormatException($"{Shown(text)} is no BYTES: write them in base64");
        }
    }

    /// <summary>Shows a value in a message: text in quotes, and only the beginning of what is long.</summary>
    public static string Shown(object value)
    {
        var text = SqlText.Of(value);
        var shown = text.Length > MostShown ? text[..MostShown] + "…" : text;
        return value is string ? $"'{shown}'" : shown;
    }

    private static object Number(object value, SqlType to) => (value, to.Base) switch
    {
        (int, SqlBaseType.Integer) or (long, SqlBaseType.Bigint) or (double, SqlBaseType.Double) => value,
        (int number, SqlBaseType.Bigint) => (long)number,
        (int number, SqlBaseType.Double) => (double)number,
        (long number, SqlBaseType.Double) => (double)number,
        (BigDecimal number, SqlBaseType.Double) => number.ToDouble(),
        (int number, SqlBaseType.Decimal) => Exactly(BigDecimal.FromLong(number), (DecimalType)to),
        (long number, SqlBaseType.Decimal) => Exactly(BigDecimal.FromLong(number), (DecimalType)to),
        (BigDecimal number, SqlBaseType.Decimal) => Exactly(number, (DecimalType)to),
        _ => throw Misfit(value, to),
    };

    private static SqlMap Map(SqlMap map, MapType type)
    {
        var entries = new OrderedDictionary<object, object?>(map.Count);
        foreach (var (key, value) in map)
            entries[Convert(key, type.Key)!] = Convert(value, type.Value);
        return new(entries);
    }

    /// <summary>Converts a struct: fields are matched by name, missing ones are NULL.</summary>
    private static SqlStruct Struct(SqlStruct row, StructType type)
    {
        if (row.Type.Fields.FirstOrDefault(given => type.IndexOf(given.Name) < 0) is { } unknown)
            throw new FormatException($"{type} has no field '{unknown.Name}'");
        return new(type, [.. type.Fields.Select(wanted => row.Type.IndexOf(wanted.Name) is var index and >= 0
            ? Convert(row.Values[index], wanted.Type)
            : null)]);
    }

    private static FormatException Misfit(object value, SqlType to) => new($"{Shown(value)} is no {to}");
}
