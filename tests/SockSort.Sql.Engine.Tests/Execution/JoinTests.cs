using Microsoft.Extensions.Time.Testing;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Tests.Execution;

public class JoinTests
{
    private const string Streams = """
        CREATE STREAM l (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 'l', VALUE_FORMAT = 'JSON');
        CREATE STREAM r (id STRING KEY, b INT) WITH (KAFKA_TOPIC = 'r', VALUE_FORMAT = 'JSON');
        """;

    private const string Tables = """
        CREATE TABLE t (id STRING PRIMARY KEY, a INT, other STRING) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');
        CREATE TABLE u (id STRING PRIMARY KEY, b INT) WITH (KAFKA_TOPIC = 'u', VALUE_FORMAT = 'JSON');
        """;

    [Fact]
    public async Task Two_streams_join_records_of_one_key_that_are_near_in_time()
    {
        await using var sql = await SqlHost.StartAsync(
            Streams + "SELECT l.id, a, b FROM l JOIN r WITHIN (1 SECOND, 2 SECONDS) ON l.id = r.id EMIT CHANGES;");

        sql.Send("l", """{"a": 1}""", 10_000, "x");
        sql.Send("r", """{"b": 2}""", 12_000, "x");
        sql.Send("r", """{"b": 3}""", 12_001, "x");
        sql.Send("r", """{"b": 4}""", 9_000, "x");
        sql.Send("r", """{"b": 5}""", 8_999, "x");
        sql.Send("r", """{"b": 6}""", 10_000, "y");

        Assert.Equal(["x,1,2", "x,1,4"], sql.Rows());
    }

    [Fact]
    public async Task With_a_grace_period_a_record_without_partner_waits_until_its_window_is_closed()
    {
        await using var sql = await SqlHost.StartAsync(
            Streams + "SELECT l.id, a, b FROM l LEFT JOIN r WITHIN 1 SECOND GRACE PERIOD 1 SECOND ON l.id = r.id EMIT CHANGES;");

        sql.Send("l", """{"a": 1}""", 1_000, "alone");
        sql.Send("l", """{"a": 2}""", 1_000, "paired");
        sql.Send("r", """{"b": 3}""", 1_500, "paired");
        sql.Send("r", """{"b": 4}""", 3_000, "other");
        sql.Send("r", """{"b": 5}""", 3_001, "other");

        Assert.Equal(["paired,2,3", "alone,1,null"], sql.Rows());
    }

    [Fact]
    public async Task Without_a_grace_period_it_goes_out_at_once_and_again_with_its_partner()
    {
        await using var sql = await SqlHost.StartAsync(
            Streams + "SELECT l.id, a, b FROM l LEFT JOIN r WITHIN 1 SECOND ON l.id = r.id EMIT CHANGES;");

        sql.Send("l", """{"a": 1}""", 1_000, "x");
        sql.Send("r", """{"b": 2}""", 1_500, "x");

        Assert.Equal(["x,1,null", "x,1,2"], sql.Rows());
    }

    [Fact]
    public async Task A_right_join_gives_the_key_of_a_record_that_only_the_right_side_has()
    {
        await using var sql = await SqlHost.StartAsync(
            Streams + "SELECT l.id, a, b FROM l RIGHT JOIN r WITHIN 1 SECOND ON l.id = r.id EMIT CHANGES;");

        sql.Send("r", """{"b": 2}""", 1_500, "x");

        Assert.Equal(["x,null,2"], sql.Rows());
    }

    [Fact]
    public async Task A_stream_meets_the_row_that_the_table_has_at_that_moment()
    {
        await using var sql = await SqlHost.StartAsync(
            Streams + Tables + "SELECT l.id, l.a, u.b FROM l LEFT JOIN u ON l.id = u.id EMIT CHANGES;");

        sql.Send("l", """{"a": 1}""", 1, "x");
        sql.Send("u", """{"b": 7}""", 2, "x");
        sql.Send("l", """{"a": 2}""", 3, "x");
        sql.Send("u", null, 4, "x");
        sql.Send("l", """{"a": 3}""", 5, "x");

        Assert.Equal(["x,1,null", "x,2,7", "x,3,null"], sql.Rows());
    }

    [Fact]
    public async Task Two_tables_join_into_a_table_that_forgets_a_row_with_either_side()
    {
        await using var sql = await SqlHost.StartAsync(Tables + "CREATE TABLE both AS SELECT t.id, a, b FROM t JOIN u ON t.id = u.id;");

        sql.Send("t", """{"a": 1}""", 1, "x");
        sql.Send("u", """{"b": 2}""", 2, "x");
        sql.Send("t", """{"a": 3}""", 3, "x");
        sql.Send("u", null, 4, "x");

        Assert.Equal(["""{"A":1,"B":2}""", """{"A":3,"B":2}""", "null"], sql.Values("BOTH"));
    }

    [Fact]
    public async Task A_count_over_a_join_of_tables_counts_each_joined_row_once()
    {
        await using var sql = await SqlHost.StartAsync(
            Tables + "SELECT b, COUNT(*) AS n FROM t JOIN u ON t.id = u.id GROUP BY b EMIT CHANGES;");

        sql.Send("t", """{"a": 1}""", 1, "x");
        sql.Send("u", """{"b": 2}""", 2, "x");
        sql.Send("t", """{"a": 5}""", 3, "x");
        sql.Send("u", """{"b": 9}""", 4, "x");

        Assert.Equal(["2,1", "2,1", "2,0", "9,1"], sql.Rows());
    }

    [Fact]
    public async Task A_foreign_key_join_follows_changes_of_either_table()
    {
        await using var sql = await SqlHost.StartAsync(Tables + "SELECT t.id, other, b FROM t JOIN u ON t.other = u.id EMIT CHANGES;");

        sql.Send("u", """{"b": 1}""", 1, "p");
        sql.Send("u", """{"b": 2}""", 2, "q");
        sql.Send("t", """{"other": "p"}""", 3, "x");
        sql.Send("t", """{"other": "p"}""", 4, "y");
        sql.Send("u", """{"b": 5}""", 5, "p");
        sql.Send("t", """{"other": "q"}""", 6, "x");
        sql.Send("u", null, 7, "p");

        Assert.Equal(["x,p,1", "y,p,1", "x,p,5", "y,p,5", "x,q,2", "gone: y,null,null"], sql.Rows());
    }

    [Fact]
    public async Task An_expression_that_was_compared_before_has_the_value_of_the_key()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE STREAM p (id INT KEY, a INT) WITH (KAFKA_TOPIC = 'p', FORMAT = 'JSON');
            CREATE STREAM q (id INT KEY, b INT) WITH (KAFKA_TOPIC = 'q', FORMAT = 'JSON');
            CREATE STREAM r (id INT KEY, c INT) WITH (KAFKA_TOPIC = 'r', FORMAT = 'JSON');
            CREATE STREAM s AS SELECT p.id, a, b, c
              FROM p JOIN q WITHIN 1 SECOND ON p.id = ABS(q.id) JOIN r WITHIN 1 SECOND ON ABS(q.id) = ABS(r.id);
            """);

        sql.Send("p", """{"a": 1}""", 1, "5");
        sql.Send("q", """{"b": 2}""", 2, "5");
        sql.Send("r", """{"c": 3}""", 3, "5");

        Assert.Equal(["""{"A":1,"B":2,"C":3}"""], sql.Values("S"));
        Assert.Equal("P_ID", Assert.Single(sql.Engine.Snapshot().Sources.Single(source => source.Name == "S").Schema.Keys).Name);
    }

    [Fact]
    public async Task Three_sources_join_from_left_to_right()
    {
        await using var sql = await SqlHost.StartAsync(Streams + Tables
            + "SELECT l.id, l.a, r.b, u.b AS c FROM l JOIN r WITHIN 1 SECOND ON l.id = r.id LEFT JOIN u ON l.id = u.id EMIT CHANGES;");

        sql.Send("u", """{"b": 9}""", 1, "x");
        sql.Send("l", """{"a": 1}""", 2, "x");
        sql.Send("r", """{"b": 2}""", 3, "x");

        Assert.Equal(["x,1,2,9"], sql.Rows());
    }

    [Fact]
    public async Task A_stream_that_was_joined_long_ago_is_forgotten()
    {
        await using var sql = await SqlHost.StartAsync(
            Streams + "CREATE STREAM both AS SELECT l.id, a, b FROM l JOIN r WITHIN 1 SECOND GRACE PERIOD 1 MINUTE ON l.id = r.id;");

        for (var n = 0; n < 1_000; n++)
            sql.Send("l", """{"a": 1}""", n * 1_000L, $"k{n}");

        Assert.InRange(sql.Engine.StateBytes()["CSAS_BOTH_0"], 1, 200 * 1_000);
    }

    [Fact]
    public async Task A_record_without_partner_goes_out_by_the_wall_clock_when_both_streams_fall_silent()
    {
        var time = new FakeTimeProvider();
        await using var sql = await SqlHost.StartAsync(
            Streams
                + "SELECT l.id, a, b FROM l LEFT JOIN r WITHIN 1 SECOND GRACE PERIOD 1 SECOND ON "
                + "l.id = r.id EMIT CHANGES;", new() { Clock = SqlClock.Wall, Time = time });
        sql.Send("l", """{"a": 1}""", 1_000, "x");

        time.Advance(TimeSpan.FromSeconds(2));
        sql.Engine.AdvanceTime();
        var tooEarly = sql.Rows();
        time.Advance(TimeSpan.FromMilliseconds(1));
        sql.Engine.AdvanceTime();

        Assert.Empty(tooEarly);
        Assert.Equal(["x,1,null"], sql.Rows());
    }
}
