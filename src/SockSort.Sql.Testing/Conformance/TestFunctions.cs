using SockSort.Sql.Functions;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Functions that the suite's own runner registers beside the built-in ones.</summary>
internal static class TestFunctions
{
    private static readonly string[] Names = ["BAD_UDF", "WHENCONDITION", "WHENRESULT", "TEST_UDTF", "THROWING_UDTF"];

    /// <summary>
    /// Makes a registry with these functions for a test that calls one: BAD_UDF counts its calls, so that each test has its own.
    /// </summary>
    public static FunctionRegistry For(IReadOnlyList<string> statements) =>
        statements.Any(statement => Names.Any(name => statement.Contains(name, StringComparison.OrdinalIgnoreCase)))
            ? new(Scalars(), Tables)
            : FunctionRegistry.BuiltIn;

    private static IEnumerable<TableFunction> Tables =>
    [
        new TableFunction("TEST_UDTF", "its arguments, one a row, each as text")
            .On("a INTEGER, b BIGINT, c DOUBLE, d BOOLEAN, e STRING, f DECIMAL, g STRUCT", "STRING",
                (int? a, long? b, double? c, bool? d, string e, BigDecimal f, SqlStruct g) => Texts(a, b, c, d, e, f, g))
            .On("a ARRAY<INTEGER>, b ARRAY<BIGINT>, c ARRAY<DOUBLE>, d ARRAY<BOOLEAN>, e ARRAY<STRING>, f "
            + "ARRAY<DECIMAL>, g ARRAY<STRUCT>", "STRING",
                (SqlArray a, SqlArray b, SqlArray c, SqlArray d, SqlArray e, SqlArray f, SqlArray g) =>
                    Texts(a[0], b[0], c[0], d[0], e[0], f[0], g[0]))
            .On("a MAP<STRING, INTEGER>, b MAP<STRING, BIGINT>, c MAP<STRING, DOUBLE>, d MAP<STRING, BOOLEAN>, e MAP<STRING, STRING>, f "
            + "MAP<STRING, DECIMAL>, g MAP<STRING, STRUCT>", "STRING",
                (SqlMap a, SqlMap b, SqlMap c, SqlMap d, SqlMap e, SqlMap f, SqlMap g) =>
                    Texts([.. new[] { a, b, c, d, e, f, g }.Select(map => map.Values.First())]))
            .On("value DECIMAL", (_, _) => SqlType.Decimal(30, 10), (BigDecimal value) => One(value))
            .On("value T", "T", (object? value) => One(value)),
        new TableFunction("THROWING_UDTF", "gives its argument, or fails if it is true")
            .On("fails BOOLEAN", "BOOLEAN", (bool? fails) => fails is true ? throw new FunctionException("boom!") : One(fails)),
    ];

    private static IEnumerable<ScalarFunction> Scalars()
    {
        var calls = 0;
        return
        [
            new ScalarFunction("BAD_UDF", "fails: always, when its argument is true, or every other time")
                .On("value INTEGER", "INTEGER", (int? _) => Fail(), seesNulls: true)
                .On("fails BOOLEAN", "INTEGER", (bool? fails) => fails is true ? Fail() : 0, seesNulls: true)
                .On(
                    "value STRING", "STRING", (string value) => calls++ % 2 == 0 ? throw new FunctionException("boom!") : value,
                    seesNulls: true),
            new ScalarFunction("WHENCONDITION", "gives its first argument and fails if the second is false")
                .On((bool result, bool mayRun) => mayRun ? result : throw new FunctionException("boom!")),
            new ScalarFunction("WHENRESULT", "gives its first argument and fails if the second is false")
                .On((int result, bool mayRun) => mayRun ? result : Fail()),
        ];
    }

    private static int Fail() => throw new FunctionException("boom!");

    private static IEnumerable<object?> One(object? value) => [value ?? throw new FunctionException("NULL is no row")];

    private static IEnumerable<object?> Texts(params object?[] values) => [.. values.Select(value => SqlText.Of(value!))];
}
