using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary><c>socksort sql run</c> over the log in a folder.</summary>
public sealed class SqlRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Once_ends_when_all_that_is_there_has_been_printed()
    {
        var script = _folder.Write("once.ksql", """
            SET 'auto.offset.reset' = 'earliest';
            CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);
            INSERT INTO s VALUES (1);
            INSERT INTO s VALUES (2);
            SELECT a * 10 AS b FROM s EMIT CHANGES;
            SELECT a * 100 AS c FROM s EMIT CHANGES LIMIT 1;
            PRINT 's' FROM BEGINNING;
            """);

        var run = await CliRun.InvokeAsync("sql", "run", script, "--data", _folder.File("data"), "--once");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"\|10 +\|\s+\|20 +\|\s+Query terminated", run.Output);
        Assert.Matches(@"\|100 +\|\s+Limit Reached", run.Output);
        Assert.Matches(@"value: \{""A"":1\}.*\n.*value: \{""A"":2\}.*\nTopic printing ceased", run.Output);
    }

    [Fact]
    public async Task A_query_that_fails_has_not_reached_its_limit()
    {
        var script = _folder.Write("fails.ksql", """
            SET 'auto.offset.reset' = 'earliest'; SET 'ksql.timestamp.throw.on.invalid' = 'true';
            CREATE STREAM s (a INT, moment STRING)
              WITH (kafka_topic='s', value_format='json', partitions=1, timestamp='moment', timestamp_format='yyyy-MM-dd');
            INSERT INTO s VALUES (1, 'never');
            SELECT a FROM s EMIT CHANGES;
            """);

        var run = await CliRun.InvokeAsync("sql", "run", script, "--data", _folder.File("data"), "--once");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("never", run.Error);
        Assert.DoesNotContain("Limit Reached", run.Output);
    }

    public void Dispose() => _folder.Dispose();
}
