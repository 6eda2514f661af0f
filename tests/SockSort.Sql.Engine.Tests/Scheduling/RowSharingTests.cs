using SockSort.Log;

namespace SockSort.Sql.Engine.Tests.Scheduling;

/// <summary>Queries at one place of a topic share the reading of its rows; none of them sees anything of it.</summary>
public sealed class RowSharingTests
{
    private const string Source =
        "CREATE STREAM s (a INT, b STRING, c ARRAY<STRING>, d INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);\n";

    private const string Two = Source + "SELECT a, b FROM s EMIT CHANGES; SELECT c, a, rowoffset FROM s WHERE a > 1 EMIT CHANGES;";

    [Fact]
    public async Task Each_gets_its_own_columns()
    {
        await using var sql = await SqlHost.StartAsync(Two);

        sql.Send("s", """{"A":1,"B":"x","C":["p"],"D":4}""");
        sql.Send("s", """{"A":2,"C":["p","q"]}""");
        sql.Send("s", null);

        Assert.Equal(["1,x", "2,null"], sql.Rows(0));
        Assert.Equal(["[p, q],2,1"], sql.Rows(1));
    }

    [Fact]
    public async Task A_field_that_does_not_read_costs_only_the_query_that_reads_it()
    {
        await using var sql = await SqlHost.StartAsync(Two);

        sql.Send("s", """{"A":2,"B":"x","C":"no array"}""");
        sql.Send("s", """{"A":3,"B":"y","C":["q"]}""");

        Assert.Equal(["2,x", "3,y"], sql.Rows(0));
        Assert.Equal(["[q],3,1"], sql.Rows(1));
        Assert.Equal([0L, 1L], sql.Engine.Metrics().Values.Select(metrics => metrics.Skipped).Order());
    }

    [Fact]
    public async Task One_that_is_behind_in_one_partition_and_not_in_another_reads_each_record_itself_there()
    {
        await using var sql = await SqlHost.StartAsync(
            Source.Replace("partitions=1", "partitions=2", StringComparison.Ordinal) + "SELECT a FROM s EMIT CHANGES;");

        sql.Send("s", """{"A":1,"B":"x"}""", timestamp: 10);
        await sql.RunAsync("SELECT a, b FROM s EMIT CHANGES;");
        _ = sql.Topics.Append("s", [NewRecord.Of(5, key: null, """{"A":2,"B":"y"}"""u8.ToArray())], partition: 1);
        sql.Engine.RunUntilIdle();

        Assert.Equal(["1", "2"], sql.Rows(0));
        Assert.Equal(["2,y", "1,x"], sql.Rows(1));
    }

    [Fact]
    public async Task What_is_no_json_counts_for_each()
    {
        await using var sql = await SqlHost.StartAsync(Two);

        sql.Send("s", "camera 1 is up");
        sql.Send("s", """{"A":3,"B":"y","C":["q"]}""");

        Assert.Equal(["3,y"], sql.Rows(0));
        Assert.Equal(["[q],3,1"], sql.Rows(1));
        Assert.Equal([1L, 1L], sql.Engine.Metrics().Values.Select(metrics => metrics.Skipped));
    }

    [Fact]
    public async Task One_that_comes_later_catches_up_and_joins_in_and_one_that_goes_leaves_the_others()
    {
        await using var sql = await SqlHost.StartAsync(Source + "SELECT a FROM s EMIT CHANGES;");

        sql.Send("s", """{"A":1,"B":"x"}""");
        await sql.RunAsync("SELECT b FROM s EMIT CHANGES; CREATE STREAM third AS SELECT d FROM s EMIT CHANGES;");
        sql.Send("s", """{"A":2,"B":"y","D":5}""");
        var persistent = sql.Engine.Metrics().Keys.Single(id => id.StartsWith("CSAS", StringComparison.Ordinal));
        await sql.RunAsync($"TERMINATE {persistent};");
        sql.Send("s", """{"A":3,"B":"z","D":6}""");

        Assert.Equal(["1", "2", "3"], sql.Rows(0));
        Assert.Equal(["x", "y", "z"], sql.Rows(1));
        Assert.Equal(["""{"D":null}""", """{"D":5}"""], sql.Values("THIRD"));
    }

    [Fact]
    public async Task Queries_of_a_table_each_keep_rows_of_their_own()
    {
        await using var sql = await SqlHost.StartAsync(
            "CREATE TABLE t (k STRING PRIMARY KEY, a INT, b INT) WITH (kafka_topic='t', value_format='JSON', partitions=1);\n"
                + "SELECT k, a FROM t EMIT CHANGES; SELECT k, b FROM t EMIT CHANGES;");

        sql.Send("t", """{"A":1,"B":2}""", key: "x");
        sql.Send("t", """{"A":3,"B":2}""", key: "x");

        Assert.Equal(["x,1", "x,3"], sql.Rows(0));
        Assert.Equal(["x,2", "x,2"], sql.Rows(1));
    }
}
