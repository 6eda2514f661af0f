using SockSort.Sql.Types;

namespace SockSort.Sql.Functions;

/// <summary>EXPLODE and CUBE_EXPLODE.</summary>
internal sealed class ExplodeFunctions : ITableFunctionFamily
{
    public IEnumerable<TableFunction> Functions =>
    [
        new TableFunction("EXPLODE", "one row for each element of an array")
            .Example("EXPLODE(ARRAY[1, NULL, 3])", "1; null; 3")
            .On(
                "items ARRAY<DECIMAL>", (types, _) => ((ArrayType)types[0]).Element,
                (SqlArray? items) => (IEnumerable<object?>)(items ?? SqlArray.Empty))
            .On("items ARRAY<T>", "T", (SqlArray? items) => (IEnumerable<object?>)(items ?? SqlArray.Empty)),
        new TableFunction("CUBE_EXPLODE", "one row for each combination of the array's elements and NULLs in their places")
            .Example("CUBE_EXPLODE(ARRAY['a', 'b'])", "[null, null]; [null, b]; [a, null]; [a, b]")
            .On("columns ARRAY<T>", "ARRAY<T>", (SqlArray? columns) => (IEnumerable<object?>)Cube(columns ?? SqlArray.Empty)),
    ];

    /// <summary>From all NULL to the array itself; places that are NULL anyway make no second row.</summary>
    private static IEnumerable<SqlArray> Cube(SqlArray columns)
    {
        var places = Enumerable.Range(0, columns.Count).Where(i => columns[i] is not null).ToList();
        if (columns.Count == 0)
            yield break;
        for (var bits = 0L; bits < 1L << places.Count; bits++)
        {
            var row = new object?[columns.Count];
            for (var i = 0; i < places.Count; i++)
            {
                if ((bits >> (places.Count - 1 - i) & 1) != 0)
                    row[places[i]] = columns[places[i]];
            }
            yield return new(row);
        }
    }
}
