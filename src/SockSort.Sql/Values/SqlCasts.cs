using System.Globalization;
using System.Numerics;
using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Conversions of values from one type to another, boxed; compiled expressions use typed shortcuts for the common ones.</summary>
public static class SqlCasts
{
    /// <param name="value">Boxed value of type <paramref name="from"/>, or null.</param>
    /// <exception cref="FormatException">A text is no such value.</exception>
    /// <exception cref="FunctionException">The value does not fit into the type.</exception>
    public static object? Convert(object? value, SqlType from, SqlType to)
    {
        if (value is null || from.Equals(to))
            return value;
        return to switch
        {
            { Base: SqlBaseType.String } => SqlText.Of(value),
            { IsNumeric: true } or { Base: SqlBaseType.Boolean } => value is string text ? FromText(text, to) : Number(value, to),
            { IsTemporal: true } => value is string text ? FromText(text, to) : Temporal(value, to.Base),
            ArrayType array => new SqlArray([.. ((SqlArray)value).Select(item => Convert(item, ((ArrayType)from).Element, array.Element))]),
            MapType map => Map((SqlMap)value, (MapType)from, map),
            StructType row => Struct((SqlStruct)value, row),
            _ => value,
        };
    }

    /// <exception cref="FormatException">The text is no value of that type.</exception>
    public static object? FromText(string text, SqlType type) => type switch
    {
        { Base: SqlBaseType.Boolean } => ReadBoolean(text),
        { Base: SqlBaseType.Integer } => int.Parse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        { Base: SqlBaseType.Bigint } => long.Parse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        { Base: SqlBaseType.Double } => double.Parse(text.Trim(), CultureInfo.InvariantCulture),
        DecimalType target => Fit(BigDecimal.Parse(text.Trim()), target),
        { Base: SqlBaseType.Date } => TemporalText.Date(text),
        { Base: SqlBaseType.Time } => TemporalText.Time(text),
        { Base: SqlBaseType.Timestamp } => TemporalText.Timestamp(text),
        _ => text,
    };

    /// <summary>Rounds a number to the type's scale.</summary>
    /// <exception cref="FunctionException">
    /// The number has too many digits before the point (cast.json, "numeric field overflow").
    /// </exception>
    public static BigDecimal Fit(BigDecimal value, DecimalType type)
    {
        if (type.Scale < 0)
            return value;
        var rounded = value.WithScale(type.Scale);
        return BigInteger.Abs(rounded.Unscaled) < BigInteger.Pow(10, type.Precision)
            ? rounded
            : throw new FunctionException($"numeric field overflow: {value} does not fit into {type}");
    }

    /// <summary>Reads a beginning of true, yes, false or no, in upper or lower case (in.json: boolean - valid).</summary>
    private static bool ReadBoolean(string text)
    {
        var word = text.Trim().ToLowerInvariant();
        if (word.Length > 0 && ("true".StartsWith(word, StringComparison.Ordinal) || "yes".StartsWith(word, StringComparison.Ordinal)))
            return true;
        return word.Length > 0 && ("false".StartsWith(word, StringComparison.Ordinal) || "no".StartsWith(word, StringComparison.Ordinal))
            ? false
            : throw new FormatException($"'{text}' is no BOOLEAN");
    }

    private static object Number(object value, SqlType to) => to switch
    {
        { Base: SqlBaseType.Integer } => value switch
        {
            long number => unchecked((int)number),
            double number => JavaNumbers.ToInt(number),
            BigDecimal number => unchecked((int)number.ToLong()),
            _ => value,
        },
        { Base: SqlBaseType.Bigint } => value switch
        {
            int number => (long)number,
            double number => JavaNumbers.ToLong(number),
            BigDecimal number => number.ToLong(),
            _ => value,
        },
        { Base: SqlBaseType.Double } => value switch
        {
            int number => (double)number,
            long number => (double)number,
            BigDecimal number => number.ToDouble(),
            _ => value,
        },
        DecimalType target => Fit(value switch
        {
            int number => BigDecimal.FromLong(number),
            long number => BigDecimal.FromLong(number),
            double number => BigDecimal.FromDouble(number),
            _ => (BigDecimal)value,
        }, target),
        _ => value,
    };

    private static object Temporal(object value, SqlBaseType to) => (value, to) switch
    {
        (SqlTimestamp at, SqlBaseType.Date) => new SqlDate((int)Math.Floor(at.Milliseconds / 86_400_000.0)),
        (SqlTimestamp at, SqlBaseType.Time) => new SqlTime((int)(((at.Milliseconds % 86_400_000) + 86_400_000) % 86_400_000)),
        (SqlDate date, SqlBaseType.Timestamp) => new SqlTimestamp(date.Days * 86_400_000L),
        _ => value,
    };

    private static SqlMap Map(SqlMap map, MapType from, MapType to)
    {
        var entries = new OrderedDictionary<object, object?>(map.Count);
        foreach (var (key, value) in map)
            entries[Convert(key, from.Key, to.Key)!] = Convert(value, from.Value, to.Value);
        return new(entries);
    }

    private static SqlStruct Struct(SqlStruct row, StructType to) => new(to, [.. to.Fields.Select(target =>
        row.Type.IndexOf(target.Name) is var index and >= 0
            ? Convert(row.Values[index], row.Type.Fields[index].Type, target.Type)
            : null)]);
}
