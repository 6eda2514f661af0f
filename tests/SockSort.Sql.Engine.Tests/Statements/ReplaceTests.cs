using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>CREATE OR REPLACE of a query, and DROP … DELETE TOPIC.</summary>
public sealed class ReplaceTests
{
    private const string Source = "CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);\n";

    [Fact]
    public async Task A_replaced_query_with_state_counts_on_and_writes_its_history_once()
    {
        await using var sql = await SqlHost.StartAsync(
            Source + "CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;");
        sql.Send("s", """{"V":1}""", key: "a");
        sql.Send("s", """{"V":2}""", key: "a");

        await sql.RunAsync("CREATE OR REPLACE TABLE t AS SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k;");
        sql.Engine.RunUntilIdle();
        sql.Send("s", """{"V":4}""", key: "a");

        Assert.Equal(["""{"N":1}""", """{"N":2}""", """{"N":3,"TOTAL":7}"""], sql.Values("T"));
    }

    [Fact]
    public async Task A_replaced_query_counts_what_the_first_one_counted_and_nothing_from_before_it()
    {
        await using var sql = await SqlHost.StartAsync(Source + "SET 'auto.offset.reset' = 'latest';");
        sql.Send("s", """{"V":1}""", key: "a");
        await sql.RunAsync("CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;");
        sql.Send("s", """{"V":2}""", key: "a");

        await sql.RunAsync("CREATE OR REPLACE TABLE t AS SELECT k, COUNT(*) AS n FROM s WHERE v > 0 GROUP BY k;");
        sql.Engine.RunUntilIdle();
        sql.Send("s", """{"V":4}""", key: "a");

        Assert.Equal(["""{"N":1}""", """{"N":2}"""], sql.Values("T"));
    }

    [Fact]
    public async Task A_topic_that_is_deleted_with_its_stream_is_gone_from_the_folder_and_may_be_made_anew()
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path);
        await using var engine = new SqlEngine(log, new() { KeepsState = true });
        var commands = new CommandLog(engine, log);
        await RunAsync(commands, Source + "INSERT INTO s VALUES ('a', 1); DROP STREAM s DELETE TOPIC;");

        var before = log.FindTopic("s");
        await RunAsync(commands, Source.Replace("partitions=1", "partitions=2", StringComparison.Ordinal));

        Assert.Null(before);
        Assert.Equal((2, 0), (log.FindTopic("s")!.Partitions, log.EndOffset("s")));
    }

    [Fact]
    public async Task A_restart_runs_a_deletion_not_again()
    {
        using var folder = new TempFolder();
        await using (var log = SqliteLog.Open(folder.Path))
        {
            await using var engine = new SqlEngine(log, new() { KeepsState = true });
            var commands = new CommandLog(engine, log);
            await RunAsync(commands, Source + "DROP STREAM s DELETE TOPIC;\n" + Source + "INSERT INTO s VALUES ('b', 2);");
        }

        await using var again = SqliteLog.Open(folder.Path);
        await using var restarted = new SqlEngine(again, new() { KeepsState = true });
        var (_, problems) = await new CommandLog(restarted, again).ReplayAsync(CancellationToken.None);

        Assert.Empty(problems);
        Assert.Equal(1, again.EndOffset("s"));
    }

    [Fact]
    public async Task A_topic_that_other_streams_lie_on_is_not_deleted()
    {
        await using var sql = await SqlHost.StartAsync(
            Source + "CREATE STREAM other (v INT) WITH (kafka_topic='s', value_format='JSON');");

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync("DROP STREAM s DELETE TOPIC;"));

        Assert.Contains("cannot delete topic 's': other sources use it: OTHER [SQL0337]", error.Message);
        Assert.NotNull(sql.Topics.FindTopic("s"));
    }

    private static async Task RunAsync(CommandLog commands, string script)
    {
        var session = new SqlSession();
        var parser = new SockSort.Sql.Parsing.SqlParser(new("test.sql", script), session.Variables);
        while (parser.Next() is { } statement)
            _ = await commands.ExecuteAsync(statement, session, CancellationToken.None);
    }
}
