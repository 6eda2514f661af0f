using SockSort.Sql.Testing.Conformance;
using SockSort.Sql.Testing.Rest;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>
/// ksqlDB's own REST tests, read from <c>../shared</c>: statements go in over HTTP, and the answers are held against the files'.
/// </summary>
public sealed class RestValidationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // What this server does otherwise on purpose; the reference says why.
    private static readonly HashSet<string> Otherwise =
    [
        // Nothing in its statements says that the two columns are one.
        "should fail on mismatch between key and key field values when stream has key",
    ];

    [Theory]
    [InlineData("push-queries")]
    [InlineData("pull-queries-against-streams")]
    [InlineData("insert-values")]
    public async Task Every_test_in_scope_passes(string file)
    {
        var failures = new List<string>();
        foreach (var test in ConformanceFile.Read(Repository.Shared($"conformance/ksqldb-rest/{file}.json")))
        {
            if (!test.IsOutOfScope && !Otherwise.Contains(test.Name) && await FailureAsync(test) is { } failure)
                failures.Add($"{test.Name}: {failure}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static async Task<string?> FailureAsync(ConformanceCase test)
    {
        await using var server = await RunningServer.StartAsync();
        var runner = new RestTestRunner(server.Client, server.Engine, server.Log, Patience);
        return (await runner.RunAsync(test, TestContext.Current.CancellationToken)).Reason;
    }
}
