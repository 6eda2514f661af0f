namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>What ksqlDB refuses is refused: it would store or read something else than was meant.</summary>
public sealed class RefusalTests
{
    private const string Sources = """
        CREATE STREAM s (k STRING KEY, i INT) WITH (kafka_topic='s', value_format='JSON', partitions=2);
        CREATE STREAM other (k STRING KEY, i INT) WITH (kafka_topic='other', value_format='JSON', partitions=1);

        """;

    [Theory]
    [InlineData(
        "CREATE STREAM x (v INT) WITH (kafka_topic='s', value_format='JSON', partitions=3);",
        "topic 's' exists already with 2 partitions, not with 3 [SQL0347]")]
    [InlineData(
        "CREATE STREAM x WITH (kafka_topic='other', partitions=3) AS SELECT * FROM s;",
        "topic 'other' exists already with 1 partitions, not with 3 [SQL0347]")]
    [InlineData("ALTER STREAM s ADD COLUMN z INT KEY;", "column 'Z' cannot be added as a key or of headers [SQL0022]")]
    [InlineData("ALTER STREAM s ADD COLUMN z BYTES HEADER('z');", "column 'Z' cannot be added as a key or of headers [SQL0022]")]
    [InlineData("INSERT INTO s (ROWTIME, k) VALUES (-5, 'a');", "ROWTIME cannot be -5: a record's timestamp is not negative [SQL0346]")]
    [InlineData("INSERT INTO s (k, i, k) VALUES ('a', 1, 'b');", "column 'K' is given twice [SQL0345]")]
    [InlineData(
        "CREATE STREAM x (v STRUCT<a INT, A INT>) WITH (kafka_topic='x', value_format='JSON', partitions=1);",
        "field 'A' stands twice in the STRUCT type [SQL0344]")]
    [InlineData(
        "CREATE STREAM x (v STRING) WITH (kafka_topic='x', value_format='JSON', partitions=1, timestamp='v', timestamp_format='ii');",
        "TIMESTAMP_FORMAT: ")]
    [InlineData(
        "CREATE STREAM x (a ARRAY<STRUCT<key STRING, value BYTES>> HEADERS, b BYTES HEADER('b'), v INT) "
            + "WITH (kafka_topic='x', value_format='JSON', partitions=1);",
        "the schema contains a HEADERS column already; B would be another one of the same headers [SQL0341]")]
    [InlineData("ASSERT TOPIC s WITH (PARTITIONS=3) TIMEOUT 0 SECONDS;", "topic 's' has PARTITIONS 2, not 3 [SQL0349]")]
    [InlineData("ASSERT TOPIC s WITH (CLEANUP_POLICY='compact');", "ASSERT TOPIC knows no setting 'CLEANUP_POLICY' [SQL0348]")]
    [InlineData("ASSERT NOT EXISTS TOPIC s WITH (PARTITIONS=2) TIMEOUT 0 SECONDS;", "topic 's' exists [SQL0302]")]
    public async Task What_ksqldb_refuses_is_refused(string statement, string message)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync(Sources + statement));

        Assert.Contains($": {message}", error.Message);
    }

    [Theory]
    [InlineData("CREATE STREAM x (v INT) WITH (kafka_topic='s', value_format='JSON', partitions=2);")]
    [InlineData("ASSERT TOPIC s WITH (PARTITIONS=2, REPLICAS=3);")]
    [InlineData("ASSERT NOT EXISTS TOPIC s WITH (PARTITIONS=3);")]
    [InlineData("INSERT INTO s (ROWTIME, k) VALUES (0, 'a');")]
    [InlineData(
        "CREATE STREAM x (b BYTES HEADER('b'), a ARRAY<STRUCT<key STRING, value BYTES>> HEADERS, v INT) "
            + "WITH (kafka_topic='x', value_format='JSON', partitions=1);")]
    public async Task What_ksqldb_takes_beside_it_is_taken(string statement)
    {
        await using var sql = await SqlHost.StartAsync(Sources + statement);

        Assert.Equal(3, sql.Results.Count);
    }
}
