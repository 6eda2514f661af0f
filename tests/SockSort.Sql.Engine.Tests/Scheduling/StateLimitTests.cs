using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Tests.Scheduling;

public class StateLimitTests
{
    [Fact]
    public async Task A_query_whose_state_grows_beyond_the_limit_ends_with_an_error_and_the_others_go_on()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE STREAM s (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');
            CREATE TABLE many AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            CREATE STREAM copy AS SELECT id, a FROM s;
            """, new() { Clock = SqlClock.Stream, MaxStateBytes = 100_000 });

        var error = Assert.Throws<SqlException>(() =>
        {
            for (var n = 0; n < 2_000; n++)
                sql.Send("s", """{"a": 1}""", n, $"key {n}");
        });

        Assert.Equal("SQL0303", error.Code);
        Assert.Contains("CTAS_MANY_0", error.Problem);
        Assert.Contains("CSAS_COPY_1", sql.Engine.Metrics().Keys);
        Assert.Equal(0, sql.Engine.StateBytes()["CTAS_MANY_0"]);
    }

    [Fact]
    public async Task What_is_kept_for_pull_queries_makes_room_for_queries()
    {
        await using var sql = await StartAsync("CREATE TABLE many AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;");
        SendTable(sql, "t", 350);
        await sql.RunAsync("SELECT * FROM t WHERE id = 'key 1';");
        var kept = sql.Engine.PullBytes;

        for (var n = 0; n < 500; n++)
            sql.Send("s", """{"a": 1}""", n, $"key {n}");

        Assert.InRange(kept, 70_000, 100_000);
        Assert.Equal(0, sql.Engine.PullBytes);
        Assert.InRange(sql.Engine.StateBytes()["CTAS_MANY_0"], 30_000, 100_000);
        Assert.Equal("SQL0333", (await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync("SELECT * FROM t WHERE id = 'key 1';"))).Code);
        await sql.RunAsync("DROP TABLE many; SELECT * FROM t WHERE id = 'key 1';");
        Assert.Single(Assert.IsType<RowsResult>(sql.Results[^1]).Rows);
    }

    [Fact]
    public async Task Tables_that_fit_only_alone_are_pulled_by_turns()
    {
        await using var sql = await StartAsync(
            "CREATE TABLE u (id STRING PRIMARY KEY, a INT) WITH (KAFKA_TOPIC = 'u', VALUE_FORMAT = 'JSON');");
        SendTable(sql, "t", 300);
        SendTable(sql, "u", 310);

        await sql.RunAsync(
            "SELECT * FROM t WHERE id = 'key 1'; SELECT * FROM u WHERE id = 'key 1'; SELECT * FROM t WHERE id IN ('key 1', 'key 2');");

        Assert.Equal([1, 1, 2], sql.Results.OfType<RowsResult>().Select(result => result.Rows.Count));
        Assert.InRange(sql.Engine.PullBytes, 60_000, 100_000);
    }

    [Fact]
    public async Task A_table_whose_rows_do_not_fit_ends_its_pull_query_and_no_other()
    {
        await using var sql = await StartAsync("CREATE TABLE few AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;");
        SendTable(sql, "t", 1_000);
        sql.Send("s", """{"a": 1}""", 1, "key");

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync("SELECT * FROM t;"));

        Assert.Equal(("SQL0333", 0), (error.Code, sql.Engine.PullBytes));
        Assert.Contains("the pull query of 'T' was ended", error.Problem);
        Assert.InRange(sql.Engine.StateBytes()["CTAS_FEW_0"], 1, 1_000);
    }

    private static Task<SqlHost> StartAsync(string more) => SqlHost.StartAsync("""
        CREATE TABLE t (id STRING PRIMARY KEY, a INT) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');
        CREATE STREAM s (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');
        """ + more, new() { Clock = SqlClock.Stream, MaxStateBytes = 100_000 });

    private static void SendTable(SqlHost sql, string topic, int keys)
    {
        for (var n = 0; n < keys; n++)
            sql.Send(topic, """{"a": 1}""", n, $"key {n}");
    }
}
