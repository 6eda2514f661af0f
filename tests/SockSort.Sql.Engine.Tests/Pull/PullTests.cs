using System.Text;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Pull;

/// <summary>Pull queries over tables that come and go.</summary>
public class PullTests
{
    private const string Make = "CREATE TABLE n AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;";

    private readonly MemoryLog _topics = new();

    [Fact]
    public async Task A_table_that_was_dropped_and_made_again_has_none_of_the_old_rows()
    {
        var first = await StartAsync(
            "CREATE STREAM s (id STRING KEY, a INT) WITH (kafka_topic='s', value_format='json', partitions=1);" + Make);
        Send(first, "old");
        Assert.Equal(["old=1"], await PullAsync(first));

        await RunAsync(first, "DROP TABLE n;" + Make);
        var empty = await PullAsync(first);
        Send(first, "new");
        var filled = await PullAsync(first);
        await first.DisposeAsync();
        await using var second = await StartAsync("");

        Assert.Empty(empty);
        Assert.Equal(["new=1"], filled);
        Assert.Equal(["new=1"], await PullAsync(second));
    }

    [Fact]
    public async Task One_that_reads_for_too_long_ends_with_an_error_and_the_first_rows_of_a_stream_are_read_alone()
    {
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, PullPatience = TimeSpan.Zero });
        host.Send("s", "{\"a\":1}");
        host.Send("s", "{\"a\":2}");

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync("SELECT a FROM s;"));
        await host.RunAsync("SELECT a FROM s LIMIT 1;");

        Assert.Contains("the pull query has read for 0 s", error.Message);
        Assert.Equal(1, Assert.Single(Assert.IsType<RowsResult>(host.Results[^1]).Rows)[0]);
    }

    [Fact]
    public async Task A_key_that_is_null_is_refused_for_no_row_has_one()
    {
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (id STRING KEY, a INT) WITH (kafka_topic='s', value_format='json', partitions=1);" + Make);

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync("SELECT * FROM n WHERE id IN ('a', NULL);"));

        Assert.Equal("SQL0343", error.Code);
        Assert.Contains("the key `ID` cannot be NULL", error.Message);
    }

    [Fact]
    public async Task Text_that_is_looked_for_among_keys_that_are_numbers_is_refused()
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', value_format='json', partitions=1);
            CREATE TABLE n AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            """);

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync("SELECT * FROM n WHERE id IN ('10', 8);"));

        Assert.StartsWith("test.sql:1:30: no key of column ID, which is INTEGER, can be '10' [SQL0350]", error.Message);
    }

    [Fact]
    public async Task While_one_reads_the_engine_does_what_others_ask()
    {
        var time = new TimeThatTells();
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, Time = time });
        host.Send("s", "{\"a\":1}");
        var others = new List<bool>();

        time.Asked = () => others.Add(Task.Run(host.Engine.Snapshot).Wait(TimeSpan.FromMinutes(2)));
        await host.RunAsync("SELECT a FROM s;");

        Assert.NotEmpty(others);
        Assert.DoesNotContain(false, others);
    }

    [Fact]
    public async Task One_reads_at_a_time_and_the_others_wait()
    {
        var time = new TimeThatTells();
        await using var host = await SqlHost.StartAsync(
            "CREATE TABLE t (id STRING PRIMARY KEY, n INT) WITH (kafka_topic='t', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, Time = time });
        host.Send("t", """{"n":1}""", key: "a");
        Task<StatementResult>? other = null;
        bool? isOverFirst = null;

        time.Asked = () => isOverFirst = (other ??= host.Engine.ExecuteAsync(Statement("SELECT n FROM t;"), new SqlSession())).IsCompleted;
        await host.RunAsync("SELECT n FROM t;");

        Assert.False(isOverFirst);
        Assert.Equal(
            [1, 1], new[] { host.Results[^1], await other! }.Select(result => Assert.Single(Assert.IsType<RowsResult>(result).Rows)[0]));
    }

    [Fact]
    public async Task One_that_looks_up_a_key_does_not_wait_for_one_that_reads_all()
    {
        var time = new TimeThatTells();
        await using var host = await SqlHost.StartAsync(
            "CREATE TABLE t (id STRING PRIMARY KEY, n INT) WITH (kafka_topic='t', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, Time = time });
        host.Send("t", """{"n":1}""", key: "a");
        var found = new List<object?>();

        time.Asked = () =>
        {
            time.Asked = null;
            host.Send("t", """{"n":2}""", key: "a");
            var answer = host.Engine.ExecuteAsync(Statement("SELECT n FROM t WHERE id = 'a';"), new SqlSession()).GetAwaiter().GetResult();
            found.AddRange(Assert.IsType<RowsResult>(answer).Rows.Select(row => row[0]));
        };
        await host.RunAsync("SELECT n FROM t;");

        Assert.Equal([2], found);
        Assert.Single(Assert.IsType<RowsResult>(host.Results[^1]).Rows);
    }

    [Fact]
    public async Task At_no_moment_of_a_look_at_all_rows_a_look_at_a_key_has_to_wait()
    {
        var (time, asked, found) = (new TimeThatTells(), 0, new List<bool>());
        await using var host = await SqlHost.StartAsync(
            "CREATE TABLE t (id STRING PRIMARY KEY, n INT) WITH (kafka_topic='t', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, Time = time });
        for (var i = 0; i < 2500; i++)
            host.Send("t", """{"n":1}""", key: $"key {i}");

        time.Asked = LookBetween;
        await host.RunAsync("SELECT n FROM t;");
        time.Asked = null;

        Assert.True(found.Count > 10);
        Assert.DoesNotContain(false, found);
        Assert.Equal(2500, Assert.IsType<RowsResult>(host.Results[^1]).Rows.Count);

        // While it takes up records, and once in so many rows; by another thread, as locks let the same one in.
        void LookBetween()
        {
            if (asked++ > 3 && asked % 200 != 0)
                return;
            time.Asked = null;
            var look = Task.Run(() => host.Engine.ExecuteAsync(Statement("SELECT n FROM t WHERE id = 'key 7';"), new SqlSession()));
            found.Add(look.Wait(TimeSpan.FromMinutes(2)) && ((RowsResult)look.Result).Rows.Count == 1);
            time.Asked = LookBetween;
        }
    }

    [Fact]
    public async Task One_that_waits_for_too_long_may_ask_again_later()
    {
        var time = new TimeThatTells();
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, Time = time, PullPatience = TimeSpan.FromMilliseconds(50) });
        host.Send("s", "{\"a\":1}");
        SqlException? busy = null;

        time.Asked = () =>
        {
            time.Asked = null;
            busy = Assert.ThrowsAsync<SqlException>(() => host.Engine.ExecuteAsync(Statement("SELECT a FROM s;"), new SqlSession()))
                .GetAwaiter()
                .GetResult();
        };
        await host.RunAsync("SELECT a FROM s LIMIT 1;");

        Assert.Equal(("SQL0334", true), (busy!.Code, busy.IsTransient));
        Assert.Single(Assert.IsType<RowsResult>(host.Results[^1]).Rows);
    }

    [Fact]
    public async Task One_whose_client_has_left_ends()
    {
        var time = new TimeThatTells();
        using var left = new CancellationTokenSource();
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);",
            new() { Clock = SqlClock.Stream, Time = time });
        host.Send("s", "{\"a\":1}");

        time.Asked = left.Cancel;
        _ = await Assert.ThrowsAsync<OperationCanceledException>(
            () => host.Engine.ExecuteAsync(Statement("SELECT a FROM s;"), new SqlSession(), left.Token));
        time.Asked = null;
        await host.RunAsync("SELECT a FROM s;");

        Assert.Single(Assert.IsType<RowsResult>(host.Results[^1]).Rows);
    }

    [Fact]
    public async Task A_table_whose_query_was_terminated_is_not_queryable_as_in_ksqlDB()
    {
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (id STRING KEY, a INT) WITH (kafka_topic='s', value_format='json', partitions=1);" + Make);
        host.Send("s", "{}", key: "a");
        await host.RunAsync("SELECT * FROM n; TERMINATE CTAS_N_0;");

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync("SELECT * FROM n;"));

        Assert.Equal("SQL0332", error.Code);
        Assert.Equal("table 'N' isn't queryable: query CTAS_N_0, which wrote it, was terminated", error.Problem);
    }

    [Theory]
    [InlineData("STRING", "'k{0}'", "")]
    [InlineData("INT", "{0}", "")]
    [InlineData("BIGINT", "{0}", "")]
    [InlineData("STRING", "'k{0}'", "WINDOW TUMBLING (SIZE 10 SECONDS)")]
    [InlineData("INT", "{0}", "WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS)")]
    [InlineData("STRING", "'k{0}'", "WINDOW SESSION (3 SECONDS)")]
    public async Task Rows_that_are_looked_up_by_their_key_are_those_that_a_look_at_all_rows_finds(
        string type, string literal, string window)
    {
        await using var host =
            await SqlHost.StartAsync($"CREATE STREAM s (id {type}) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE "
                + $"TABLE t AS SELECT id, COUNT(*) AS n FROM s {window} GROUP BY id;");
        var dice = new Random(7);
        for (var i = 0; i < 400; i++)
            host.Send("s", $$"""{"id":{{string.Format(literal, dice.Next(8)).Replace('\'', '"')}}}""", i * 100);
        var (one, two) = (string.Format(literal, 3), string.Format(literal, 5));

        Assert.NotEmpty(await RowsAsync(host, $"id = {one}"));
        string[] conditions =
        [
            $"id = {one}", $"{two} = id", $"id IN ({one}, {two}, {one})", $"n > 1 AND id = {one}", $"id = {one} OR (n > 2 AND id = {two})",
            $"id = {one} AND id = {two}", $"id = {one} OR n > 2",
        ];
        foreach (var condition in conditions)
            Assert.Equal(await RowsAsync(host, $"CASE WHEN {condition} THEN TRUE ELSE FALSE END"), await RowsAsync(host, condition));
    }

    [Theory]
    [InlineData("id = 'a'", 1)]
    [InlineData("id IN ('a', 'b', 'a') AND n > 2", 2)]
    [InlineData("n > 2 AND (id = 'a' OR 'b' = id)", 2)]
    [InlineData("id = 'a' OR n > 2", null)]
    [InlineData("id <> 'a'", null)]
    [InlineData("NOT id = 'a'", null)]
    [InlineData("id LIKE 'a'", null)]
    [InlineData("id = n", null)]
    public void The_keys_that_a_condition_allows_are_known_where_it_names_them(string condition, int? keys)
    {
        var query = (QueryStatement)Statement($"SELECT * FROM t WHERE {condition};");

        Assert.Equal(keys, PullKeys.Of(query.Query.Where, Table("id STRING PRIMARY KEY, n INT", "kafka"))?.Count);
        Assert.Null(PullKeys.Of(query.Query.Where, Table("id STRING PRIMARY KEY, n INT", "json")));
    }

    [Fact]
    public async Task A_table_made_again_with_windows_is_looked_up_by_its_new_form()
    {
        await using var host =
            await SqlHost.StartAsync("CREATE TABLE t (id STRING PRIMARY KEY, n INT) WITH (kafka_topic='w', value_format='json', "
                + "partitions=1); SELECT * FROM t WHERE id = 'a';");

        await host.RunAsync("DROP TABLE t; CREATE TABLE t (id STRING PRIMARY KEY, n INT) WITH (kafka_topic='w', value_format='json', "
            + "partitions=1, window_type='tumbling', window_size='1 seconds');");
        host.Send("w", """{"n":1}""", key: "a\0\0\0\0\0\0\0\0");
        await host.RunAsync("SELECT n FROM t WHERE id = 'a';");

        Assert.Equal(1, Assert.Single(Assert.IsType<RowsResult>(host.Results[^1]).Rows)[0]);
    }

    [Fact]
    public async Task Windows_that_retention_has_taken_are_not_looked_up()
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (id STRING KEY) WITH (kafka_topic='s', value_format='json', partitions=1);
            CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s
              WINDOW TUMBLING (SIZE 1 SECONDS, RETENTION 10 SECONDS, GRACE PERIOD 0 SECONDS) GROUP BY id;
            """);
        for (var second = 0; second < 60; second++)
            host.Send("s", "{}", second * 1000, key: second < 5 ? "early" : "a");

        var (early, a, all) = (await RowsAsync(host, "id = 'early'"), await RowsAsync(host, "id = 'a'"), await RowsAsync(host, "n > 0"));

        Assert.Empty(early);
        Assert.InRange(a.Length, 10, 13);
        Assert.Equal(all, a);
    }

    private static Statement Statement(string sql) => SqlParser.Parse(new SourceText("test", sql))[0];

    private static DataSource Table(string columns, string keyFormat)
    {
        var engine = new SqlEngine(new MemoryLog(), new() { Clock = SqlClock.Stream });
        foreach (var statement in SqlParser.Parse(
            new SourceText(
                "test",
                $"CREATE TABLE t ({columns}) WITH (kafka_topic='t', key_format='{keyFormat}', value_format='json', partitions=1);")))
            _ = engine.ExecuteAsync(statement, new SqlSession()).GetAwaiter().GetResult();
        return Assert.Single(engine.Snapshot().Sources);
    }

    /// <summary>In the order of their texts.</summary>
    private static async Task<string[]> RowsAsync(SqlHost host, string condition)
    {
        await host.RunAsync($"SELECT * FROM t WHERE {condition};");
        return [.. Assert.IsType<RowsResult>(host.Results[^1]).Rows.Select(row => string.Join(",", row)).Order(StringComparer.Ordinal)];
    }

    private async Task<Running> StartAsync(string script)
    {
        var engine = new SqlEngine(_topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        var running = new Running(engine, new CommandLog(engine, _topics));
        _ = await running.Commands.ReplayAsync(CancellationToken.None);
        await RunAsync(running, script);
        return running;
    }

    private void Send(Running running, string key)
    {
        _topics.Append("s", [NewRecord.Of(0, Encoding.UTF8.GetBytes(key), "{}"u8.ToArray())]);
        running.Engine.RunUntilIdle();
    }

    private static async Task<string[]> PullAsync(Running running)
    {
        running.Engine.RunUntilIdle();
        var rows = Assert.IsType<RowsResult>(await RunAsync(running, "SELECT id, n FROM n;"));
        return [.. rows.Rows.Select(row => $"{row[0]}={row[1]}")];
    }

    private static async Task<StatementResult?> RunAsync(Running running, string script)
    {
        StatementResult? last = null;
        var parser = new SqlParser(new("test.sql", script), new Dictionary<string, string>());
        while (parser.Next() is { } statement)
            last = await running.Commands.ExecuteAsync(statement, new SqlSession(), CancellationToken.None);
        return last;
    }

    /// <summary>The clock of the machine, which says when somebody looks at it.</summary>
    private sealed class TimeThatTells : TimeProvider
    {
        public Action? Asked { get; set; }

        public override long GetTimestamp()
        {
            Asked?.Invoke();
            return base.GetTimestamp();
        }
    }

    private sealed record Running(SqlEngine Engine, CommandLog Commands) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
