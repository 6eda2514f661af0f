using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>CREATE OR REPLACE of a query, and DROP … DELETE TOPIC.</summary>
public sealed class ReplaceTests
{
    private const string Count = "CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;";
    private const string MoreThanCount = "CREATE OR REPLACE TABLE t AS SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k;";

    // The first characters of what three records give, whichever query writes them.
    private static readonly string[] Counts = ["{\"N\":1", "{\"N\":2", "{\"N\":3"];
    private static readonly string[] Values = ["{\"V\":1", "{\"V\":2", "{\"V\":3"];

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

    [Theory]
    [InlineData("earliest", "CREATE STREAM t AS SELECT k, v FROM s;", "CREATE OR REPLACE STREAM t AS SELECT k, v, v * 2 AS w FROM s;")]
    [InlineData("latest", "CREATE STREAM t AS SELECT k, v FROM s;", "CREATE OR REPLACE STREAM t AS SELECT k, v, v * 2 AS w FROM s;")]
    [InlineData("earliest", Count, MoreThanCount)]
    [InlineData("latest", Count, MoreThanCount)]
    public async Task Killed_at_any_commit_of_a_replacement_a_server_has_written_each_row_once_in_the_end(
        string begin, string first, string second)
    {
        for (var commits = 0; ; commits++)
        {
            using var folder = new TempFolder();
            await using (var log = SqliteLog.Open(folder.Path))
                await RunAsync(new(log), $"SET 'auto.offset.reset' = '{begin}';\n{Source}{first}", ["1", "2"]);

            bool wasKilled;
            await using (var log = SqliteLog.Open(folder.Path))
                wasKilled = await RunUntilKilledAsync(log, commits, $"SET 'auto.offset.reset' = '{begin}';\n{second}");
            await using var after = SqliteLog.Open(folder.Path);
            await RunAsync(new(after), "", ["3"]);

            var written = after.Read("T", 0, 0, int.MaxValue).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span)[..6]);
            var expected = first == Count ? Counts : Values;
            Assert.Equal(expected, written);
            if (!wasKilled)
                return;
        }
    }

    [Fact]
    public async Task A_query_that_replaces_a_failed_one_goes_on_where_that_had_been_stored_last()
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path);
        var host = new Host(log);
        const string Begin = "SET 'auto.offset.reset' = 'earliest'; SET 'ksql.timestamp.throw.on.invalid' = 'true';\n";
        const string Timed = "CREATE STREAM timed (k STRING KEY, v INT, year STRING) WITH (kafka_topic='s', value_format='JSON', "
            + "partitions=1, timestamp='year', timestamp_format='yyyy');\n";
        await RunAsync(host.Commands, Begin + Timed + "CREATE STREAM t AS SELECT k, v, year FROM timed;");
        host.Send("""{"V":1,"YEAR":"2020"}""");
        host.Send("""{"V":2,"YEAR":"no year"}""");

        await RunAsync(host.Commands, Timed.Replace("CREATE", "CREATE OR REPLACE", StringComparison.Ordinal));
        await RunAsync(host.Commands, "SET 'auto.offset.reset' = 'earliest'; CREATE OR REPLACE STREAM t AS SELECT k, v, year FROM timed;");
        host.Send("""{"V":3,"YEAR":"2021"}""");

        Assert.Equal(
            ["""{"V":1,"YEAR":"2020"}""", """{"V":3,"YEAR":"2021"}"""],
            log.Read("T", 0, 0, int.MaxValue).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span)));
        await host.DisposeAsync();
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

    /// <summary>Runs a script in a server that replays what was kept, then sends values; all of it is stored.</summary>
    private static async Task RunAsync(Host host, string script, string[] values)
    {
        await using (host)
        {
            var (_, problems) = await host.Commands.ReplayAsync(CancellationToken.None);
            Assert.Empty(problems);
            await RunAsync(host.Commands, script);
            foreach (var value in values)
                host.Send($$"""{"V":{{value}}}""");
            host.Engine.RunUntilIdle();
        }
    }

    /// <summary>Runs a script in a server whose log stores only so many commits more.</summary>
    /// <returns>Whether that was too few.</returns>
    private static async Task<bool> RunUntilKilledAsync(SqliteLog log, int commits, string script)
    {
        await using var host = new Host(MortalLog.Over(log, out var life));
        var (_, problems) = await host.Commands.ReplayAsync(CancellationToken.None);
        Assert.Empty(problems);
        life.CommitsLeft = commits;
        try
        {
            await RunAsync(host.Commands, script);
            host.Engine.RunUntilIdle();
        }
        catch (LogException)
        {
            // The server is dead: nobody is told anything any more.
        }
        return life.IsDead;
    }

    private static async Task RunAsync(CommandLog commands, string script)
    {
        var session = new SqlSession();
        var parser = new SockSort.Sql.Parsing.SqlParser(new("test.sql", script), session.Variables);
        while (parser.Next() is { } statement)
            _ = await commands.ExecuteAsync(statement, session, CancellationToken.None);
    }

    private sealed class Host : IAsyncDisposable
    {
        private readonly ILog _log;

        public Host(ILog log)
        {
            _log = log;
            Engine = new(log, new() { KeepsState = true, Clock = SqlClock.Stream });
            Commands = new(Engine, log);
        }

        public SqlEngine Engine { get; }

        public CommandLog Commands { get; }

        public void Send(string value)
        {
            _ = _log.Append("s", [NewRecord.Of(0, "a"u8.ToArray(), Encoding.UTF8.GetBytes(value))]);
            Engine.RunUntilIdle();
        }

        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
