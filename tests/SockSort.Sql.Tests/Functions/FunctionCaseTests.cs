using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Values;
using SockSort.Testing;

namespace SockSort.Sql.Tests.Functions;

/// <summary>Calls at the edges: NULLs, wrong arguments, odd texts. One line a case in <c>Cases/*.txt</c>.</summary>
public class FunctionCaseTests
{
    public static TheoryData<string, string> Cases =>
        [.. Directory.GetFiles(Repository.PathOf("tests/SockSort.Sql.Tests/Functions/Cases"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Where(line => line.Length > 0 && line[0] != '#').Select(Split)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_call_gives(string call, string expected)
    {
        var errors = new ExpressionErrors();

        var value = Calls.Evaluate(call, errors);

        var parts = expected.Split(" ! ");
        Assert.Equal(parts[0], value is null ? "null" : SqlValueText.Of(value));
        if (parts.Length > 1)
            Assert.Contains(parts[1], errors.Last, StringComparison.Ordinal);
        else
            Assert.Null(errors.Last);
    }

    /// <summary>At the last arrow: lambdas have some of their own.</summary>
    private static (string Call, string Result) Split(string line)
    {
        var at = line.LastIndexOf(" =>", StringComparison.Ordinal);
        return (line[..at], line[(at + 3)..].TrimStart());
    }
}
