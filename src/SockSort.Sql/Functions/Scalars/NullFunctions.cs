namespace SockSort.Sql.Functions.Scalars;

/// <summary>NULL replaced and made; keys copied.</summary>
internal sealed class NullFunctions : IFunctionFamily
{
    public string Title => "NULL and keys";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("COALESCE", "the first of the values that is not NULL")
            .Nulls("NULL where all are")
            .Example("COALESCE(NULL, 'left', 'right')", "left")
            .On(
                "first T, others T...", "T", (object? first, object?[] others) => first ?? Array.Find(others, other => other is not null),
                seesNulls: true),
        new ScalarFunction("IFNULL", "the value, or the other one where it is NULL")
            .Nulls("the second value where the first is NULL")
            .Example("IFNULL(CAST(NULL AS STRING), 'none')", "none").Example("IFNULL(3, 0)", "3")
            .On("value T, otherwise T", "T", (object? value, object? otherwise) => value ?? otherwise, seesNulls: true),
        new ScalarFunction("NULLIF", "NULL where both values are equal, else the first")
            .Nulls("the first value where the second is NULL")
            .Example("NULLIF(0, 0)", "null").Example("NULLIF('a', 'b')", "a")
            .On("value T, unwanted T", "T", (object? value, object? unwanted) => Equals(value, unwanted) ? null : value, seesNulls: true),
        new ScalarFunction("AS_VALUE", "a copy of a key column that goes into the value of the result")
            .Nulls("NULL stays NULL")
            .Example("AS_VALUE('k')", "k")
            .On("key T", "T", (object? key) => key, seesNulls: true),
    ];
}
