using SockSort.Sql.Types;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Maps taken apart and put together.</summary>
internal sealed class MapFunctions : IFunctionFamily
{
    // ksqlDB's ENTRIES takes maps of these values, and of structs.
    private static readonly SqlType[] EntryTypes = [SqlType.Integer, SqlType.Bigint, SqlType.Double, SqlType.Boolean, SqlType.String];

    // Of a map whose values are all NULL.
    private static readonly StructType NoFields = SqlType.StructOf([]);

    public string Title => "Maps";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("AS_MAP", "a map out of an array of keys and an array of values; of equal keys the last counts")
            .Nulls("NULL where an array is; missing values are NULL; NULL keys are left out")
            .Example("AS_MAP(ARRAY['left', 'right'], ARRAY[1, 2])", "{left=1, right=2}")
            .Example("AS_MAP(ARRAY['left', 'right'], ARRAY[1])", "{left=1, right=null}")
            .On("keys ARRAY<STRING>, values ARRAY<T>", "MAP<STRING, T>", (SqlArray keys, SqlArray values) => AsMap(keys, values)),
        new ScalarFunction("MAP_KEYS", "the keys of a map, in the order of Java's HashMap")
            .Example("MAP_KEYS(MAP('left' := 1, 'right' := 2))", "[left, right]")
            .On("map MAP<K, V>", "ARRAY<K>", (SqlMap map) => new SqlArray([.. JavaMapOrder.Of(map).Select(entry => entry.Key)])),
        new ScalarFunction("MAP_VALUES", "the values of a map, in the order of its keys in MAP_KEYS")
            .Example("MAP_VALUES(MAP('left' := 1, 'right' := 2))", "[1, 2]")
            .On("map MAP<K, V>", "ARRAY<V>", (SqlMap map) => new SqlArray([.. JavaMapOrder.Of(map).Select(entry => entry.Value)])),
        new ScalarFunction("MAP_UNION", "the entries of both maps; of equal keys the second map's counts")
            .Nulls("a NULL map counts as an empty one; NULL where both are")
            .Example("MAP_UNION(MAP('left' := 1, 'right' := 2), MAP('right' := 3))", "{left=1, right=3}")
            .On("first MAP<K, V>, second MAP<K, V>", "MAP<K, V>", (SqlMap? first, SqlMap? second) => Union(first, second), seesNulls: true),
        Entries(),
    ];

    private static ScalarFunction Entries()
    {
        var function = new ScalarFunction(
            "ENTRIES",
            "an array of structs with the fields K and V, one for each entry of a map, in the order of its keys if the flag is true")
            .Example("ENTRIES(MAP('right' := 2, 'left' := 1), true)", "[Struct{K=left,V=1}, Struct{K=right,V=2}]");
        foreach (var type in EntryTypes)
        {
            var row = RowOf(type);
            _ = function.On(
                $"map MAP<STRING, {type}>, sorted BOOLEAN", (_, _) => SqlType.ArrayOf(row),
                (SqlMap map, bool sorted) => Entries(map, sorted, row));
        }
        return function.On(
            "map MAP<STRING, STRUCT>, sorted BOOLEAN", (types, _) => SqlType.ArrayOf(RowOf(((MapType)types[0]).Value)),
            (SqlMap map, bool sorted) => Entries(map, sorted, RowOf(map.Values.OfType<SqlStruct>().FirstOrDefault()?.Type ?? NoFields)));
    }

    private static StructType RowOf(SqlType value) => SqlType.StructOf([new("K", SqlType.String), new("V", value)]);

    private static SqlArray Entries(SqlMap map, bool sorted, StructType row)
    {
        var entries = sorted ? map.OrderBy(entry => (string)entry.Key, StringComparer.Ordinal) : JavaMapOrder.Of(map);
        return new([.. entries.Select(entry => new SqlStruct(row, [entry.Key, entry.Value]))]);
    }

    private static SqlMap AsMap(SqlArray keys, SqlArray values)
    {
        var entries = new OrderedDictionary<object, object?>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is { } key)
                entries[key] = i < values.Count ? values[i] : null;
        }
        return new(entries);
    }

    private static SqlMap? Union(SqlMap? first, SqlMap? second)
    {
        if (first is null || second is null)
            return first ?? second;
        var entries = new OrderedDictionary<object, object?>(first);
        foreach (var (key, value) in second)
            entries[key] = value;
        return new(entries);
    }
}
