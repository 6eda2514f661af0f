using System.Globalization;
using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>
/// Converts values that clients send as JSON to the types of their columns; a value that would not stay the same is refused.
/// </summary>
/// <remarks>
/// As ksqlDB's ApiSqlValueCoercer: <see cref="Coercion"/>, and a decimal may stand in quotes; a STRUCT may have fields that the column does
/// not have, which are left out. A decimal is not rounded here.
/// </remarks>
public static class JsonCoercion
{
    private const int MostShown = 80;
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;

    /// <exception cref="FormatException">The value does not fit; the message says why.</exception>
    public static object? Convert(JsonElement value, SqlType to) => (value.ValueKind, to) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.True or JsonValueKind.False, { Base: SqlBaseType.Boolean }) => value.GetBoolean(),
        (JsonValueKind.Number, { IsNumeric: true }) => Number(value, to),
        (JsonValueKind.String, DecimalType type) => Coercion.Exactly(Decimal(value, value.GetString()!, type), type),
        (JsonValueKind.String, { Base: SqlBaseType.String or SqlBaseType.Bytes } or { IsTemporal: true }) =>
            Coercion.Convert(value.GetString(), to),
        (JsonValueKind.Array, ArrayType type) => new SqlArray([.. value.EnumerateArray().Select(item => Convert(item, type.Element))]),
        (JsonValueKind.Object, MapType type) => Map(value, type),
        (JsonValueKind.Object, StructType type) => Struct(value, type),
        _ => throw Misfit(value, to),
    };

    /// <summary>The names that a field of a row or STRUCT may mean: in quotes as it is written, else in upper case too.</summary>
    public static IEnumerable<string> NamesOf(string written)
    {
        var isQuoted = written.Length > 2 && written[0] == written[^1] && written[0] is '`' or '"';
        if (isQuoted)
            return [written[1..^1].Replace($"{written[0]}{written[0]}", $"{written[0]}", StringComparison.Ordinal)];
        return [written, written.ToUpperInvariant()];
    }

    private static object Number(JsonElement value, SqlType to)
    {
        var text = value.GetRawText();
        return to switch
        {
            { Base: SqlBaseType.Integer } when int.TryParse(text, Whole, CultureInfo.InvariantCulture, out var number) => number,
            { Base: SqlBaseType.Bigint } when long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var number) => number,
            { Base: SqlBaseType.Double } when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
            DecimalType type => Coercion.Exactly(Decimal(value, text, type), type),
            _ => throw Misfit(value, to),
        };
    }

    private static BigDecimal Decimal(JsonElement value, string text, DecimalType type) =>
        BigDecimal.TryParse(text, out var number) ? number : throw Misfit(value, type);

    private static SqlMap Map(JsonElement value, MapType type)
    {
        var entries = new OrderedDictionary<object, object?>();
        foreach (var entry in value.EnumerateObject())
            entries[Coercion.Convert(entry.Name, type.Key)!] = Convert(entry.Value, type.Value);
        return new(entries);
    }

    private static SqlStruct Struct(JsonElement value, StructType type)
    {
        var fields = new object?[type.Fields.Count];
        foreach (var given in value.EnumerateObject())
        {
            if (NamesOf(given.Name).Select(type.IndexOf).FirstOrDefault(index => index >= 0, -1) is var index and >= 0)
                fields[index] = Convert(given.Value, type.Fields[index].Type);
        }
        return new(type, fields);
    }

    private static FormatException Misfit(JsonElement value, SqlType to)
    {
        var text = value.GetRawText();
        return new($"{(text.Length > MostShown ? text[..MostShown] + "…" : text)} is no {to}");
    }
}
