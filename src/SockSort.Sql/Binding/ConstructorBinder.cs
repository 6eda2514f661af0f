using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>Binds <c>ARRAY[…]</c>, <c>MAP(k := v, …)</c> and <c>STRUCT(f := v, …)</c>.</summary>
internal sealed class ConstructorBinder(ExpressionBinder binder)
{
    public BoundExpression Bind(Expression expression) => expression switch
    {
        ArrayConstructor array => Array(array),
        MapConstructor map => Map(map),
        _ => Struct((StructConstructor)expression),
    };

    private BoundArray Array(ArrayConstructor array)
    {
        if (array.Items.Count == 0)
            throw BindingErrors.EmptyConstructor("an array", "ARRAY[1, 2]", array.Span);
        var (type, items) = Unified([.. array.Items.Select(binder.Bind)], array.Items);
        return type.Base == SqlBaseType.Null
            ? throw BindingErrors.AllNull("an array", "element", array.Span)
            : new(items, SqlType.ArrayOf(type), array.Span);
    }

    private BoundMap Map(MapConstructor map)
    {
        if (map.Entries.Count == 0)
            throw BindingErrors.EmptyConstructor("a map", "MAP('a' := 1)", map.Span);
        var (keyType, keys) = Unified(
            [.. map.Entries.Select(entry => binder.Bind(entry.Key))], [.. map.Entries.Select(entry => entry.Key)]);
        var (valueType, values) = Unified(
            [.. map.Entries.Select(entry => binder.Bind(entry.Value))], [.. map.Entries.Select(entry => entry.Value)]);
        if (keyType.Base == SqlBaseType.Null)
            throw BindingErrors.AllNull("a map", "key", map.Span);
        if (valueType.Base == SqlBaseType.Null)
            throw BindingErrors.AllNull("a map", "value", map.Span);
        return new([.. keys.Zip(values)], SqlType.MapOf(keyType, valueType), map.Span);
    }

    private BoundStruct Struct(StructConstructor row)
    {
        if (row.Fields.GroupBy(entry => entry.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            throw BindingErrors.DoubleField(doubled.Key, row.Span);
        var values = row.Fields.Select(entry => binder.Bind(entry.Value)).ToList();
        if (values.FindIndex(value => value.Type.Base == SqlBaseType.Null) is var untyped and >= 0)
            throw BindingErrors.NullWithoutType(values[untyped].Span);
        return new(values, SqlType.StructOf(row.Fields.Zip(values, (entry, value) => new StructField(entry.Name, value.Type))), row.Span);
    }

    private static (SqlType Type, List<BoundExpression> Items) Unified(
        IReadOnlyList<BoundExpression> items, IReadOnlyList<Expression> written) =>
        LiteralCoercion.ToCommon(items, written);
}
