using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Arrays as a whole: made, measured, searched, ordered.</summary>
internal sealed class ArrayFunctions : IFunctionFamily
{
    public string Title => "Arrays";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("ARRAY_LENGTH", "the number of elements").Example("ARRAY_LENGTH(ARRAY[1, 2, 3])", "3")
            .On("items ARRAY<T>", "INTEGER", (SqlArray items) => items.Count),
        new ScalarFunction("ARRAY_CONTAINS", "whether an array holds a value")
            .Nulls("false where the array is NULL; a NULL value looks for NULL")
            .Example("ARRAY_CONTAINS(ARRAY['left', 'right'], 'left')", "true").Example("ARRAY_CONTAINS(ARRAY[1, 2], 3)", "false")
            .On(
                "items ARRAY<T>, wanted T", "BOOLEAN", (SqlArray? items, object? wanted) => items is not null && items.Contains(wanted),
                seesNulls: true),
        new ScalarFunction("ARRAY_MAX", "the largest element").Nulls("NULLs do not count; NULL where all are")
            .Example("ARRAY_MAX(ARRAY[3, NULL, 7])", "7").Example("ARRAY_MAX(ARRAY['left', 'right'])", "right")
            .On("items ARRAY<T>", "T", (SqlArray items) => ValueOrder.Largest(items)),
        new ScalarFunction("ARRAY_MIN", "the smallest element").Nulls("NULLs do not count; NULL where all are")
            .Example("ARRAY_MIN(ARRAY[3, NULL, 7])", "3")
            .On("items ARRAY<T>", "T", (SqlArray items) => ValueOrder.Smallest(items)),
        new ScalarFunction("ARRAY_SORT", "the elements in order, or in the direction given: ASC or DESC; NULL for another one")
            .Nulls("NULL elements come last")
            .Example("ARRAY_SORT(ARRAY[3, NULL, 1])", "[1, 3, null]").Example("ARRAY_SORT(ARRAY[3, NULL, 4], 'DESC')", "[4, 3, null]")
            .On("items ARRAY<T>", "ARRAY<T>", (SqlArray items) => Sorted(items, 1))
            .On(
                "items ARRAY<T>, direction STRING", "ARRAY<T>",
                (SqlArray items, string direction) => Direction(direction) is { } sign ? Sorted(items, sign) : null),
        new ScalarFunction("ARRAY_JOIN", "the elements as one text, with a delimiter between them; a comma without one")
            .Nulls("NULL elements read null; a NULL delimiter is an empty one")
            .Example("ARRAY_JOIN(ARRAY[1, NULL, 3], '-')", "1-null-3").Example("ARRAY_JOIN(ARRAY['left', 'right'])", "left,right")
            .On("items ARRAY<T>", "STRING", (SqlArray items) => Joined(items, ","))
            .On(
                "items ARRAY<T>, delimiter STRING", "STRING",
                (SqlArray? items, string? delimiter) => items is null ? null : Joined(items, delimiter), seesNulls: true),
        new ScalarFunction("ARRAY_REMOVE", "the array without the elements that equal a value")
            .Nulls("NULL where the array is; a NULL value takes NULL elements out")
            .Example("ARRAY_REMOVE(ARRAY[1, 2, 1, 3], 1)", "[2, 3]")
            .On(
                "items ARRAY<T>, unwanted T",
                "ARRAY<T>",
                (SqlArray? items, object? unwanted) =>
                    items is null ? null : new SqlArray([.. items.Where(item => !Equals(item, unwanted))]),
                seesNulls: true),
        new ScalarFunction(
            "SLICE", "the elements from a number up to another one, both included, from 1; NULL where there are none of such numbers")
            .Nulls("NULL where the array is; a NULL number means the first or the last")
            .Example("SLICE(ARRAY[1, 2, 3, 4], 2, 3)", "[2, 3]")
            .Example("SLICE(ARRAY[1, 2, 3], 2, NULL)", "[2, 3]")
            .Example("SLICE(ARRAY[1, 2], 1, 3)", "null")
            .On(
                "items ARRAY<T>, from INTEGER, to INTEGER", "ARRAY<T>", (SqlArray? items, int? from, int? to) => Slice(items, from, to),
                seesNulls: true),
        new ScalarFunction("GENERATE_SERIES", "the whole numbers from a start to an end, both included, by a step; without one by 1 or -1")
            .Example("GENERATE_SERIES(1, 4)", "[1, 2, 3, 4]").Example("GENERATE_SERIES(6, 1, -2)", "[6, 4, 2]")
            .On(
                "start INTEGER, end INTEGER", "ARRAY<INTEGER>",
                (int start, int end) => Series(start, end, Math.Sign((long)end - start), value => (int)value))
            .On(
                "start BIGINT, end BIGINT", "ARRAY<BIGINT>",
                (long start, long end) => Series(start, end, end.CompareTo(start), value => value))
            .On(
                "start INTEGER, end INTEGER, step INTEGER", "ARRAY<INTEGER>",
                (int start, int end, int step) => Series(start, end, NotZero(step), value => (int)value))
            .On(
                "start BIGINT, end BIGINT, step INTEGER", "ARRAY<BIGINT>",
                (long start, long end, int step) => Series(start, end, NotZero(step), value => value)),
    ];

    private static int? Direction(string text) => text.ToUpperInvariant() switch
    {
        "ASC" or "ASCENDING" => 1,
        "DESC" or "DESCENDING" => -1,
        _ => null,
    };

    private static SqlArray Sorted(SqlArray items, int sign)
    {
        var values = items.Where(item => item is not null)
            .Order(Comparer<object?>.Create((a, b) => sign * ValueOrder.Instance.Compare(a, b)));
        return new([.. values, .. items.Where(item => item is null)]);
    }

    private static string Joined(SqlArray items, string? delimiter) => string.Join(delimiter, items.Select(item => item switch
    {
        null => "null",
        bool or int or long or double or string or BigDecimal => SqlText.Of(item),
        _ => throw new FunctionException("ARRAY_JOIN takes numbers, strings and booleans: TRANSFORM changes the others before"),
    }));

    private static SqlArray? Slice(SqlArray? items, int? from, int? to)
    {
        if (items is null)
            return null;
        var (start, end) = ((from ?? 1) - 1, to ?? items.Count);
        return start >= 0 && start <= end && end <= items.Count ? new([.. items.Skip(start).Take(end - start)]) : null;
    }

    private static int NotZero(int step) => step != 0 ? step : throw new FunctionException("the step is zero");

    private static SqlArray Series(long start, long end, int step, Func<long, object> value)
    {
        if (start == end)
            return new([value(start)]);
        if (end > start != step > 0)
            throw new FunctionException($"the step {step} leads away from {end}");
        var count = ((Int128)end - start) / step;
        FunctionLimits.CheckLength((long)Int128.Min(count, long.MaxValue));
        return new([.. Enumerable.Range(0, (int)count + 1).Select(i => value(start + ((long)i * step)))]);
    }
}
