namespace SockSort.Sql.Engine.Tests.Execution;

/// <summary>Aggregates without GROUP BY, and what is told first of several mistakes.</summary>
public sealed class GroupTests
{
    private const string Source = "CREATE STREAM s (k STRING KEY, i INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);\n";

    [Fact]
    public async Task Aggregates_without_group_by_count_all_rows_of_a_push_query_together()
    {
        await using var sql = await SqlHost.StartAsync(
            Source + "SELECT COUNT(*), SUM(i) + 1 AS total FROM s WHERE i > 1 EMIT CHANGES;");

        sql.Send("s", """{"I":1}""", key: "a");
        sql.Send("s", """{"I":2}""", key: "a");
        sql.Send("s", """{"I":3}""", key: "b");

        Assert.Equal(["1,3", "2,6"], sql.Rows());
    }

    [Fact]
    public async Task They_take_having_and_windows_as_groups_do()
    {
        await using var sql = await SqlHost.StartAsync(
            Source + "SELECT COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 1 SECOND) HAVING COUNT(*) > 1 EMIT CHANGES;");

        sql.Send("s", """{"I":1}""", timestamp: 1);
        sql.Send("s", """{"I":2}""", timestamp: 2);
        sql.Send("s", """{"I":3}""", timestamp: 1001);

        Assert.Equal(["2"], sql.Rows());
    }

    [Theory]
    [InlineData("CREATE TABLE t AS SELECT COUNT(*) AS n FROM s;", "the aggregate COUNT(*) needs GROUP BY [SQL0300]")]
    [InlineData("SELECT i, COUNT(*) FROM s EMIT CHANGES;", "the aggregate COUNT(*) needs GROUP BY: I stands outside of it [SQL0300]")]
    [InlineData("SELECT k, SUMM(i) FROM s GROUP BY k EMIT CHANGES;", "there is no function 'SUMM' [SQL0106]; did you mean 'SUM'?")]
    [InlineData("SELECT k, COUNT(*) FROM s GROUP BY k HAVING SUMM(i) > 1 EMIT CHANGES;", "there is no function 'SUMM' [SQL0106]")]
    [InlineData("CREATE TABLE t AS SELECT SUMM(i), COUNT(*) FROM s;", "there is no function 'SUMM' [SQL0106]")]
    public async Task The_mistake_that_is_to_be_mended_first_is_told(string statement, string message)
    {
        await using var sql = await SqlHost.StartAsync(Source);

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync(statement));

        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task The_key_of_several_joins_may_be_named_by_any_column_that_is_equal_to_it()
    {
        await using var sql = await SqlHost.StartAsync(
            """
            CREATE STREAM s1 (id STRING KEY, a INT) WITH (kafka_topic='s1', value_format='JSON', partitions=1);
            CREATE TABLE t2 (id STRING PRIMARY KEY, b INT) WITH (kafka_topic='t2', value_format='JSON', partitions=1);
            CREATE TABLE t3 (id STRING PRIMARY KEY, c INT) WITH (kafka_topic='t3', value_format='JSON', partitions=1);
            CREATE STREAM o AS SELECT t2.id, a, b, c FROM s1 JOIN t2 ON s1.id = t2.id JOIN t3 ON s1.id = t3.id;
            CREATE STREAM p AS SELECT s1.id, a, b, c FROM s1 JOIN t2 ON s1.id = t2.id JOIN t3 ON t2.id = t3.id;
            """);

        sql.Send("t2", """{"B":2}""", key: "x");
        sql.Send("t3", """{"C":3}""", key: "x");
        sql.Send("s1", """{"A":1}""", key: "x");

        Assert.Equal(["""{"A":1,"B":2,"C":3}"""], sql.Values("O"));
        Assert.Equal(["""{"A":1,"B":2,"C":3}"""], sql.Values("P"));
        Assert.Equal("T2_ID STRING KEY, A INTEGER, B INTEGER, C INTEGER", KeyOf(sql, "O"));
    }

    private static string KeyOf(SqlHost sql, string stream) =>
        sql.Engine.Snapshot().Source(stream)!.Schema.ToString().Replace("`", "", StringComparison.Ordinal);
}
