using SockSort.Sql.Functions;

namespace SockSort.Sql.Conformance;

/// <summary>Functions that the suite's own runner registers beside the built-in ones.</summary>
internal static class TestFunctions
{
    public static IEnumerable<ScalarFunction> All =>
    [
        new ScalarFunction("BAD_UDF", "throws when called").On("value ANY", "INTEGER", (object? _) => Fail(), seesNulls: true).On("", "INTEGER", Fail),
        new ScalarFunction("WHENCONDITION", "gives its first argument and fails if the second is false").On((bool result, bool mayRun) => mayRun ? result : FailBoolean()),
        new ScalarFunction("WHENRESULT", "gives its first argument and fails if the second is false").On((int result, bool mayRun) => mayRun ? result : Fail()),
    ];

    private static int Fail() => throw new FunctionException("boom!");

    private static bool FailBoolean() => throw new FunctionException("boom!");
}
