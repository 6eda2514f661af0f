using System.Linq.Expressions;
using SockSort.Sql.Binding;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Compiles the construction of arrays, maps and structs, and access by element, key and field.</summary>
internal sealed class CollectionCompiler(ExpressionCompiler compiler)
{
    public Expression Compile(BoundExpression expression) => expression switch
    {
        BoundElement element =>
            Typed(Call(
                (Func<SqlArray?, int?, object?>)Element, compiler.Compile(element.Array), compiler.Compile(element.Index)), element.Type),
        BoundMapValue value =>
            Typed(Call((Func<SqlMap?, object?, object?>)Value, compiler.Compile(value.Map), Boxed(value.Key)), value.Type),
        BoundField access =>
            Typed(Call(
                (Func<SqlStruct?, int, object?>)FieldOf, compiler.Compile(access.Struct), Expression.Constant(access.Index)), access.Type),
        BoundArray array => Call((Func<object?[], SqlArray>)MakeArray, Objects(array.Items)),
        BoundMap map =>
            Call((Func<object?[], object?[], bool, SqlMap>)MakeMap, Objects([.. map.Entries.Select(e => e.Key)]), Objects([
                .. map.Entries.Select(e => e.Value),
            ]),
                Expression.Constant(((MapType)map.Type).Key.Base == SqlBaseType.String)),
        BoundStruct row => Call((Func<StructType, object?[], SqlStruct>)MakeStruct, Expression.Constant(row.Row), Objects(row.Values)),
        _ => throw new InvalidOperationException($"no code for {expression.GetType().Name}"),
    };

    private static SqlArray MakeArray(object?[] items) => new(items);

    private static SqlStruct MakeStruct(StructType type, object?[] values) => new(type, values);

    /// <summary>
    /// A NULL among string keys becomes the key 'null', as Jackson writes it (create_map.json: some null key); among others it is left out.
    /// </summary>
    private static SqlMap MakeMap(object?[] keys, object?[] values, bool hasStringKeys)
    {
        var entries = new OrderedDictionary<object, object?>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if ((keys[i] ?? (hasStringKeys ? "null" : null)) is { } key)
                entries[key] = values[i];
        }
        return new(entries);
    }

    /// <summary>Reads an element by its index from 1; negative ones count from the end; outside the array it is NULL.</summary>
    private static object? Element(SqlArray? array, int? index)
    {
        if (array is null || index is not { } number)
            return null;
        var at = number < 0 ? array.Count + number : number - 1;
        return at >= 0 && at < array.Count ? array[at] : null;
    }

    private static object? Value(SqlMap? map, object? key) =>
        map is not null && key is not null && map.TryGetValue(key, out var value) ? value : null;

    private static object? FieldOf(SqlStruct? row, int index) => row?.Values[index];

    private static MethodCallExpression Call(Delegate method, params Expression[] arguments) => Expression.Call(method.Method, arguments);

    private static Expression Typed(Expression value, SqlType type) => Expression.Convert(value, type.ClrType);

    private UnaryExpression Boxed(BoundExpression expression) => Expression.Convert(compiler.Compile(expression), typeof(object));

    private NewArrayExpression Objects(IReadOnlyList<BoundExpression> items) =>
        Expression.NewArrayInit(typeof(object), items.Select(Boxed));
}
