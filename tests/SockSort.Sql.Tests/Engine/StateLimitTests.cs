using SockSort.Sql.Engine;

namespace SockSort.Sql.Tests.Engine;

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
    public async Task Rows_kept_for_pull_queries_make_room_for_queries()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE TABLE t (id STRING PRIMARY KEY, a INT) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');
            CREATE STREAM s (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');
            CREATE TABLE many AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            """, new() { Clock = SqlClock.Stream, MaxStateBytes = 100_000 });
        for (var n = 0; n < 300; n++)
            sql.Send("t", """{"a": 1}""", n, $"key {n}");
        await sql.RunAsync("SELECT * FROM t;");

        for (var n = 0; n < 500; n++)
            sql.Send("s", """{"a": 1}""", n, $"key {n}");

        Assert.Equal(300, Assert.IsType<RowsResult>(sql.Results[^1]).Rows.Count);
        Assert.InRange(sql.Engine.StateBytes()["CTAS_MANY_0"], 30_000, 100_000);
    }

    [Fact]
    public async Task A_table_whose_rows_do_not_fit_is_no_pull_querys_and_ends_no_query()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE TABLE t (id STRING PRIMARY KEY, a INT) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');
            CREATE STREAM s (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');
            CREATE TABLE few AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            """, new() { Clock = SqlClock.Stream, MaxStateBytes = 100_000 });
        for (var n = 0; n < 1_000; n++)
            sql.Send("t", """{"a": 1}""", n, $"key {n}");
        sql.Send("s", """{"a": 1}""", 1, "key");

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync("SELECT * FROM t;"));

        Assert.Equal("SQL0333", error.Code);
        Assert.Contains("'T'", error.Problem);
        Assert.InRange(sql.Engine.StateBytes()["CTAS_FEW_0"], 1, 1_000);
    }
}
