using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Engine.Tests.Scheduling;

public class CommitTests
{
    // More than three commits take.
    private const int Records = 70_000;

    [Theory]
    [InlineData(10, 1)]
    [InlineData(4_000, 2)]
    public async Task Rows_wait_for_a_commit_until_they_are_many_bytes(int length, int commits)
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (a STRING) WITH (kafka_topic='s', value_format='delimited', partitions=1);
            CREATE STREAM copy WITH (kafka_topic='copy') AS SELECT a FROM s;
            """);
        var value = Encoding.UTF8.GetBytes(new string('x', length));
        _ = host.Topics.Append("s", [.. Enumerable.Repeat(NewRecord.Of(0, null, value), 15_000)]);
        var seen = 0;
        host.Topics.Appended += topic => seen += topic == "copy" ? 1 : 0;

        host.Engine.RunUntilIdle();

        Assert.Equal((commits, 15_000), (seen, host.Topics.EndOffset("copy", 0)));
    }

    [Fact]
    public async Task A_commit_that_fails_on_its_way_is_stored_once_when_the_log_is_back_and_what_came_after_follows()
    {
        using var topics = new MemoryLog();
        var time = new FakeTimeProvider();
        await using var engine = new SqlEngine(MortalLog.Over(topics, out var life), new() { Clock = SqlClock.Stream, Time = time });
        await RunAsync(engine, """
            CREATE STREAM s (a STRING) WITH (kafka_topic='s', value_format='delimited', partitions=1);
            CREATE STREAM copy WITH (kafka_topic='copy') AS SELECT a FROM s;
            """);
        _ = topics.Append("s", [.. Enumerable.Range(0, Records).Select(number => NewRecord.Of(0, null, Text($"{number}")))]);
        life.CommitsLeft = 1;

        var error = Assert.Throws<LogException>(engine.RunUntilIdle);
        life.CommitsLeft = int.MaxValue;
        time.Advance(TimeSpan.FromSeconds(2));
        engine.RunUntilIdle();

        Assert.Contains("killed", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, Records).Select(number => $"{number}"),
            topics.Read("copy", 0, 0, Records + 1).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span)));
    }

    private static async Task RunAsync(SqlEngine engine, string script)
    {
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var statement in SqlParser.Parse(new("test.sql", script)))
            _ = await engine.ExecuteAsync(statement, session);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
