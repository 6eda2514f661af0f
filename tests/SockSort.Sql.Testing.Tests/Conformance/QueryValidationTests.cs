using SockSort.Sql.Testing.Conformance;
using SockSort.Testing;

namespace SockSort.Sql.Testing.Tests.Conformance;

/// <summary>
/// ksqlDB's own query-validation files, read from <c>../shared</c>: what passes must go on passing, and a failure is told by name.
/// </summary>
public class QueryValidationTests
{
    private const string Files = "conformance/ksqldb-qtt";

    [Fact]
    public async Task Every_test_of_core_passes()
    {
        var (passed, failures) = await RunAsync("core");

        Assert.Equal(383 + TwiceConfigured, passed + failures.Count);
        Assert.Empty(failures);
    }

    [Fact]
    public async Task Every_test_of_extended_passes()
    {
        var (passed, failures) = await RunAsync("extended");

        Assert.Equal(708, passed + failures.Count);
        Assert.Empty(failures);
    }

    /// <summary>Two tests of core run with two settings each; the files' README counts them once.</summary>
    private const int TwiceConfigured = 2;

    private static async Task<(int Passed, List<string> Failures)> RunAsync(string folder)
    {
        var (passed, failures) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(Repository.Shared($"{Files}/{folder}"), "*.json").Order(StringComparer.Ordinal))
        {
            foreach (var test in ConformanceFile.Read(file))
            {
                var result = await ConformanceRunner.RunAsync(test, TestContext.Current.CancellationToken);
                if (result.Outcome == ConformanceOutcome.Passed)
                    passed++;
                else if (result.Outcome == ConformanceOutcome.Failed)
                    failures.Add($"{test.File}: {test.Name}: {result.Reason}");
            }
        }
        return (passed, failures);
    }
}
