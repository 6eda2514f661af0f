using System.Globalization;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Binding;

/// <summary>
/// Brings a list of expressions to one type, as ksqlDB does for <c>ARRAY</c>, <c>MAP</c> and <c>IN</c>: numbers widen, structs get the
/// fields of all, and string literals are read as what the others are.
/// </summary>
internal static class LiteralCoercion
{
    /// <summary>Finds the common type (NULL when all are NULL), and converts the expressions to it.</summary>
    /// <exception cref="SqlException">An expression does not fit the others.</exception>
    public static (SqlType Type, List<BoundExpression> Items) ToCommon(
        IReadOnlyList<BoundExpression> items, IReadOnlyList<Expression> written)
    {
        var type = SqlType.Null;
        for (var i = 0; i < items.Count; i++)
            type = Widened(type, items[i], written[i]);
        return (type, [.. items.Select((item, i) => Convert(item, type, written[i]))]);
    }

    /// <summary>Finds the type that holds what the given one holds, and the expression too.</summary>
    /// <exception cref="SqlException">There is no such type.</exception>
    public static SqlType Widened(SqlType type, BoundExpression item, Expression written) =>
        TryWiden(type, item, out var mistake) ?? throw mistake ?? BindingErrors.DoesNotFit(written, item.Type, type);

    /// <summary>Converts one expression to a given type; a string literal is read as a value of it.</summary>
    /// <exception cref="SqlException">The expression does not fit.</exception>
    public static BoundExpression Convert(BoundExpression item, SqlType type, Expression written) =>
        TryConvert(item, type) ?? throw BindingErrors.DoesNotFit(written, item.Type, type);

    private static bool IsSimple(SqlType type) => type.Base is not (SqlBaseType.Array or SqlBaseType.Map or SqlBaseType.Struct);

    private static SqlType? TryWiden(SqlType type, BoundExpression item, out SqlException? mistake)
    {
        mistake = null;
        if (item is BoundConstant { Value: null } || item.Type.Base == SqlBaseType.Null)
            return type.Base == SqlBaseType.Null ? item.Type : type;
        if (type.Base == SqlBaseType.Null)
            return item.Type;
        switch (type, item)
        {
            case ({ IsNumeric: true }, BoundConstant { Value: string text }):
                return NumberType(text) is { } read
                    ? Conversions.Common(type, read)
                    : throw BindingErrors.WrongLiteral(text, type, item.Span);
            case ({ IsTemporal: true } or { Base: SqlBaseType.Boolean }, BoundConstant { Value: string }):
            case ({ Base: SqlBaseType.String }, BoundConstant) when IsSimple(item.Type):
                return type;
            case (ArrayType array, BoundArray made):
                return Fold(array.Element, made.Items, out mistake) is { } element ? SqlType.ArrayOf(element) : null;
            case (MapType map, BoundMap made):
                return Fold(map.Key, made.Entries.Select(entry => entry.Key), out mistake) is { } key
                    && Fold(map.Value, made.Entries.Select(entry => entry.Value), out mistake) is { } value
                        ? SqlType.MapOf(key, value)
                        : null;
            case (StructType row, BoundStruct made):
                return WidenStruct(row, made, out mistake);
            default:
                return CommonOf(type, item.Type);
        }
    }

    private static SqlType? Fold(SqlType type, IEnumerable<BoundExpression> items, out SqlException? mistake)
    {
        mistake = null;
        var common = type;
        foreach (var item in items)
        {
            if (TryWiden(common, item, out mistake) is not { } wider)
                return null;
            common = wider;
        }
        return common;
    }

    private static StructType? WidenStruct(StructType row, BoundStruct made, out SqlException? mistake)
    {
        mistake = null;
        var fields = row.Fields.ToList();
        for (var i = 0; i < made.Values.Count; i++)
        {
            var name = made.Row.Fields[i].Name;
            var at = fields.FindIndex(known => known.Name == name);
            if (at < 0)
                fields.Add(new(name, made.Values[i].Type));
            else if (TryWiden(fields[at].Type, made.Values[i], out mistake) is { } wider)
                fields[at] = new(name, wider);
            else
                return null;
        }
        return SqlType.StructOf(fields);
    }

    /// <summary>Finds the common type as <see cref="Conversions.Common"/> does; for structs with the fields of both.</summary>
    private static SqlType? CommonOf(SqlType left, SqlType right)
    {
        switch (left, right)
        {
            case (StructType a, StructType b):
                var fields = a.Fields.ToList();
                foreach (var member in b.Fields)
                {
                    var at = fields.FindIndex(known => known.Name == member.Name);
                    if (at < 0)
                        fields.Add(member);
                    else if (CommonOf(fields[at].Type, member.Type) is { } common)
                        fields[at] = new(member.Name, common);
                    else
                        return null;
                }
                return SqlType.StructOf(fields);
            case (ArrayType a, ArrayType b):
                return CommonOf(a.Element, b.Element) is { } element ? SqlType.ArrayOf(element) : null;
            case (MapType a, MapType b):
                return CommonOf(a.Key, b.Key) is { } key && CommonOf(a.Value, b.Value) is { } value ? SqlType.MapOf(key, value) : null;
            case ({ Base: SqlBaseType.String }, { IsTemporal: true }):
                return right;
            case ({ IsTemporal: true }, { Base: SqlBaseType.String }):
                return left;
            default:
                return Conversions.Common(left, right);
        }
    }

    private static BoundExpression? TryConvert(BoundExpression item, SqlType type)
    {
        if (item.Type.Equals(type))
            return item;
        if (item.Type.Base == SqlBaseType.Null || item is BoundConstant { Value: null })
            return new BoundConstant(null, type, item.Span);
        if (item is BoundConstant { Value: string text } && (type.IsNumeric || type.IsTemporal || type.Base == SqlBaseType.Boolean))
            return new BoundConstant(Read(text, type, item), type, item.Span);
        if (item.Type.IsNumeric && type.IsNumeric)
            return Conversions.To(item, type);
        if (item.Type.Base == SqlBaseType.String && type.IsTemporal)
            return new BoundCast(item, type, item.Span);
        if (type.Base == SqlBaseType.String && item is BoundConstant && IsSimple(item.Type))
            return new BoundCast(item, type, item.Span);
        return (item, type) switch
        {
            (BoundArray array, ArrayType target) =>
                All(array.Items, target.Element) is { } items ? new BoundArray(items, type, item.Span) : null,
            (BoundMap map, MapType target) =>
                All(map.Entries.Select(entry => entry.Key), target.Key) is { } keys
                    && All(map.Entries.Select(entry => entry.Value), target.Value) is { } values
                ? new BoundMap([.. keys.Zip(values)], type, item.Span) : null,
            (BoundStruct row, StructType target) => ConvertStruct(row, target),
            (_, ArrayType or MapType or StructType) when CommonOf(item.Type, type) is { } common && common.Equals(type) =>
                new BoundCast(item, type, item.Span),
            _ => null,
        };
    }

    private static List<BoundExpression>? All(IEnumerable<BoundExpression> items, SqlType type)
    {
        var converted = new List<BoundExpression>();
        foreach (var item in items)
        {
            if (TryConvert(item, type) is not { } one)
                return null;
            converted.Add(one);
        }
        return converted;
    }

    /// <summary>Converts a struct: fields are matched by name, missing ones are NULL (in.json: struct - valid).</summary>
    private static BoundStruct? ConvertStruct(BoundStruct row, StructType target)
    {
        if (row.Row.Fields.Any(member => target.IndexOf(member.Name) < 0))
            return null;
        var values = new List<BoundExpression>();
        foreach (var member in target.Fields)
        {
            var at = row.Row.IndexOf(member.Name);
            if ((at < 0 ? new BoundConstant(null, member.Type, row.Span) : TryConvert(row.Values[at], member.Type)) is not { } value)
                return null;
            values.Add(value);
        }
        return new(values, target, row.Span);
    }

    /// <summary>Finds the type of a number in quotes; null where the text is no number.</summary>
    private static SqlType? NumberType(string text)
    {
        var trimmed = text.Trim();
        if (int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return SqlType.Integer;
        if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return SqlType.Bigint;
        return BigDecimal.TryParse(trimmed, out var number)
            ? SqlType.Decimal(Math.Max(number.Precision, number.Scale), number.Scale)
            : null;
    }

    private static object Read(string text, SqlType type, BoundExpression item)
    {
        try
        {
            return SqlCasts.FromText(text, type) ?? throw new FormatException();
        }
        catch (Exception error) when (error is FormatException or OverflowException or FunctionException)
        {
            throw BindingErrors.WrongLiteral(text, type, item.Span);
        }
    }
}
