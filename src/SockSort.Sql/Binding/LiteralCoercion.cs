using SockSort.Sql.Execution;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>
/// Brings a list of expressions to one type, as ksqlDB does for <c>ARRAY</c>, <c>MAP</c> and <c>IN</c>: the first expression that is no string
/// literal gives the kind of type; string literals are read as that kind.
/// </summary>
internal static class LiteralCoercion
{
    /// <summary>The common type (NULL when all are) and the expressions in it.</summary>
    /// <exception cref="SqlException">An expression does not fit the others.</exception>
    public static (SqlType Type, List<BoundExpression> Items) ToCommon(IReadOnlyList<BoundExpression> items, IReadOnlyList<Expression> written)
    {
        var type = SqlType.Null;
        for (var i = 0; i < items.Count; i++)
        {
            if (!IsStringLiteral(items[i]) || !items.Any(item => !IsStringLiteral(item) && item.Type.Base != SqlBaseType.Null))
                type = Wider(type, items[i], written[i]);
        }
        return (type, [.. items.Select((item, i) => Convert(item, type, written[i]))]);
    }

    /// <summary>One expression in a given type; a string literal is read as it.</summary>
    /// <exception cref="SqlException">It does not fit.</exception>
    public static BoundExpression Convert(BoundExpression item, SqlType type, Expression written)
    {
        if (item.Type.Equals(type))
            return item;
        if (item.Type.Base == SqlBaseType.Null)
            return Conversions.To(item, type);
        if (item is BoundConstant { Value: string text } && (type.IsNumeric || type.IsTemporal || type.Base == SqlBaseType.Boolean))
            return new BoundConstant(Read(text, type, written), type, item.Span);
        if (item.Type.IsNumeric && type.IsNumeric)
            return Conversions.To(item, type);
        if (type.Base == SqlBaseType.String && item is BoundConstant && item.Type.Base is not (SqlBaseType.Array or SqlBaseType.Map or SqlBaseType.Struct))
            return new BoundCast(item, type, item.Span);
        return (item, type) switch
        {
            (BoundArray array, ArrayType target) => new BoundArray(
                [.. array.Items.Zip(((ArrayConstructor)written).Items, (e, w) => Convert(e, target.Element, w))], type, item.Span),
            (BoundMap map, MapType target) => new BoundMap(
                [.. map.Entries.Zip(((MapConstructor)written).Entries, (e, w) => (Convert(e.Key, target.Key, w.Key), Convert(e.Value, target.Value, w.Value)))], type, item.Span),
            (BoundStruct row, StructType target) when target.Fields.Count == row.Values.Count && Enumerable.Range(0, row.Values.Count).All(i => row.Row.Fields[i].Name == target.Fields[i].Name) =>
                new BoundStruct([.. row.Values.Select((v, i) => Convert(v, target.Fields[i].Type, ((StructConstructor)written).Fields[i].Value))], target, item.Span),
            (_, ArrayType or MapType) when Conversions.Common(item.Type, type) is { } common && common.Equals(type) => new BoundCast(item, type, item.Span),
            _ => throw SqlErrors.DoesNotFit(written, item.Type, type),
        };
    }

    private static bool IsStringLiteral(BoundExpression item) => item is BoundConstant { Value: string };

    private static SqlType Wider(SqlType type, BoundExpression item, Expression written) =>
        Conversions.Common(type, item.Type)
        ?? (type.Base == SqlBaseType.String && item is BoundConstant ? type : Nested(type, item) ?? throw SqlErrors.DoesNotFit(written, item.Type, type));

    /// <summary>A constructor whose literals may be read as the other's element type keeps that type.</summary>
    private static SqlType? Nested(SqlType type, BoundExpression item) => (type, item) switch
    {
        (ArrayType, BoundArray) or (MapType, BoundMap) or (StructType, BoundStruct) => type,
        _ => null,
    };

    private static object Read(string text, SqlType type, Expression written)
    {
        try
        {
            return SqlCasts.FromText(text, type) ?? throw new FormatException();
        }
        catch (Exception error) when (error is FormatException or OverflowException or Functions.FunctionException)
        {
            throw SqlErrors.WrongLiteral(text, type, written.Span);
        }
    }

}
