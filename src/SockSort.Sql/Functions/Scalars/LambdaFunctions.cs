using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Functions that take a lambda. Elements and results are boxed; a lambda is a delegate from objects to an object.</summary>
internal sealed class LambdaFunctions : IFunctionFamily
{
    public string Title => "Lambdas";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction(
            "TRANSFORM",
            "each element of an array, or each entry of a map, changed by a lambda; NULL where two entries of a map get one key")
            .Nulls("NULL where the array or map is, where a key or value of the new map is, or where the lambda reckons with a NULL")
            .Example("TRANSFORM(ARRAY[1, 2], x => x * 10)", "[10, 20]")
            .Example("TRANSFORM(MAP('a' := 1), (k, v) => k + '!', (k, v) => v + 1)", "{a!=2}")
            .On(
                "items ARRAY<T>, change LAMBDA(T) => R", "ARRAY<R>",
                (SqlArray items, Func<object?, object?> change) => new SqlArray([.. items.Select(change)]))
            .On("map MAP<K, V>, changeKey LAMBDA(K, V) => R, changeValue LAMBDA(K, V) => S", "MAP<R, S>",
                (SqlMap map, Func<object?, object?, object?> changeKey, Func<object?, object?, object?> changeValue) =>
                    Transform(map, changeKey, changeValue)),
        new ScalarFunction("FILTER", "the elements of an array, or entries of a map, for which a lambda is true")
            .Nulls(
                "NULL where the array or map is, where the lambda gives NULL or reckons with one, or where a value that is kept in a map "
                    + "is")
            .Example("FILTER(ARRAY[1, 2, 3], x => x > 1)", "[2, 3]")
            .Example("FILTER(MAP('a' := 1, 'b' := 2), (k, v) => v > 1)", "{b=2}")
            .On("items ARRAY<T>, keep LAMBDA(T) => BOOLEAN", "ARRAY<T>",
                (SqlArray items, Func<object?, object?> keep) => new SqlArray([.. items.Where(item => Holds(keep(item)))]))
            .On("map MAP<K, V>, keep LAMBDA(K, V) => BOOLEAN", "MAP<K, V>",
                (SqlMap map, Func<object?, object?, object?> keep) => Filter(map, keep)),
        new ScalarFunction("REDUCE", "one value out of an array's elements, or a map's entries, taken one after the other into a state")
            .Nulls("NULL where the state is, or where the lambda reckons with a NULL; the state where the array or map is")
            .Example("REDUCE(ARRAY[1, 2, 3], 10, (state, x) => state + x)", "16")
            .Example("REDUCE(MAP('a' := 1, 'b' := 2), 0, (state, k, v) => state + v)", "3")
            .On("items ARRAY<T>, state S, step LAMBDA(S, T) => S", "S",
                (SqlArray? items, object? state, Func<object?, object?, object?> step) =>
                    state is null || items is null ? state : items.Aggregate(state, (s, item) => step(s, item)!),
                seesNulls: true)
            .On("map MAP<K, V>, state S, step LAMBDA(S, K, V) => S", "S",
                (SqlMap? map, object? state, Func<object?, object?, object?, object?> step) =>
                    state is null || map is null
                        ? state
                        : JavaMapOrder.Of(map).Aggregate(state, (s, entry) => step(s, entry.Key, entry.Value)!),
                seesNulls: true),
    ];

    /// <exception cref="FunctionException">Two entries get one key, or a key is NULL.</exception>
    private static SqlMap Transform(SqlMap map, Func<object?, object?, object?> changeKey, Func<object?, object?, object?> changeValue)
    {
        var entries = new OrderedDictionary<object, object?>(map.Count);
        foreach (var (key, value) in map)
        {
            var changed = changeKey(key, value) ?? throw new FunctionException("a key became NULL");
            if (!entries.TryAdd(changed, NotNull(changeValue(key, value))))
                throw new FunctionException($"two entries became the key {changed}");
        }
        return new(entries);
    }

    /// <exception cref="FunctionException">A value that is kept is NULL: Java's collectors make no map of it.</exception>
    private static SqlMap Filter(SqlMap map, Func<object?, object?, object?> keep)
    {
        var entries = new OrderedDictionary<object, object?>();
        foreach (var (key, value) in map)
        {
            if (Holds(keep(key, value)))
                entries.Add(key, NotNull(value));
        }
        return new(entries);
    }

    private static bool Holds(object? condition) => condition is bool holds ? holds : throw new FunctionException("the condition is NULL");

    private static object NotNull(object? value) => value ?? throw new FunctionException("a value of the map is NULL");
}
