using SockSort.Sql.Types;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Arrays taken together, as lists or as sets. Elements are compared as a whole, also arrays and maps; NULL equals NULL.</summary>
internal sealed class ArraySetFunctions : IFunctionFamily
{
    public string Title => "Arrays as sets";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("ARRAY_CONCAT", "the elements of the first array, then those of the second")
            .Nulls("a NULL array counts as an empty one; NULL where both are")
            .Example("ARRAY_CONCAT(ARRAY[1, 2], ARRAY[2, 3])", "[1, 2, 2, 3]")
            .On("left ARRAY<T>, right ARRAY<T>", "ARRAY<T>",
                (SqlArray? left, SqlArray? right) =>
                    left is null && right is null ? null : new SqlArray([.. left ?? SqlArray.Empty, .. right ?? SqlArray.Empty]),
                seesNulls: true),
        new ScalarFunction("ARRAY_DISTINCT", "each element once, in the order of first occurrence")
            .Nulls("NULL where the array is; NULL elements are kept, once")
            .Example("ARRAY_DISTINCT(ARRAY[1, 2, 1, 3])", "[1, 2, 3]")
            .On("items ARRAY<T>", "ARRAY<T>", (SqlArray items) => new SqlArray([.. items.Distinct()])),
        new ScalarFunction("ARRAY_EXCEPT", "the elements of the first array that the second does not hold, each once")
            .Example("ARRAY_EXCEPT(ARRAY[1, 2, 2, 3], ARRAY[3, 4])", "[1, 2]")
            .On("left ARRAY<T>, right ARRAY<T>", "ARRAY<T>", (SqlArray left, SqlArray right) => new SqlArray([.. left.Except(right)])),
        new ScalarFunction("ARRAY_INTERSECT", "the elements of the first array that the second holds too, each once")
            .Example("ARRAY_INTERSECT(ARRAY[1, 2, 2, 3], ARRAY[2, 3, 4])", "[2, 3]")
            .On("left ARRAY<T>, right ARRAY<T>", "ARRAY<T>", (SqlArray left, SqlArray right) => new SqlArray([.. left.Intersect(right)])),
        new ScalarFunction("ARRAY_UNION", "the elements of both arrays, each once, in the order of first occurrence")
            .Example("ARRAY_UNION(ARRAY[1, 2, 2], ARRAY[2, 3])", "[1, 2, 3]")
            .On("left ARRAY<T>, right ARRAY<T>", "ARRAY<T>", (SqlArray left, SqlArray right) => new SqlArray([.. left.Union(right)])),
    ];
}
