using System.Text;
using SockSort.Log;
using SockSort.Sql.Engine.Results;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>Topics with several partitions: where records go, and who reads them.</summary>
public sealed class PartitionTests
{
    private const string Stream = """
        CREATE STREAM s (id STRING KEY, a INT) WITH (kafka_topic='s', value_format='json', partitions=4);

        """;

    // Of four partitions: Blank 0, left sock 1, ab 2, Google 3.
    private static readonly string[] Keys = ["Blank", "left sock", "ab", "Google"];

    [Fact]
    public async Task Inserted_rows_go_where_kafkas_producer_would_put_their_keys_and_say_so()
    {
        await using var sql = await SqlHost.StartAsync(Stream + "SELECT id, ROWPARTITION, ROWOFFSET FROM s EMIT CHANGES;");

        foreach (var key in Keys.Append("Google"))
            await sql.RunAsync($"INSERT INTO s (id, a) VALUES ('{key}', 1);");
        sql.Engine.RunUntilIdle();

        Assert.Equal(["Blank,0,0", "Google,3,0", "Google,3,1", "ab,2,0", "left sock,1,0"], sql.Rows().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rows_that_a_client_sends_go_there_too()
    {
        await using var sql = await SqlHost.StartAsync(Stream);
        var inserts = sql.Engine.OpenInserts("S");

        sql.Engine.Append(inserts, [.. Keys.Select(key => inserts.Read(Encoding.UTF8.GetBytes($$"""{"ID":"{{key}}","A":1}""")))]);

        Assert.Equal(Keys.Select(key => $"{key}=>{{\"A\":1}}"), KeyedTopics.Records(sql.Topics, "s"));
    }

    [Fact]
    public async Task A_query_writes_each_key_into_its_partition_and_windows_of_a_key_beside_each_other()
    {
        await using var sql = await SqlHost.StartAsync(Stream + """
            CREATE STREAM copy AS SELECT id, a FROM s;
            CREATE TABLE n AS SELECT id, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY id;
            CREATE TABLE v AS SELECT id, COUNT(*) AS n FROM s WINDOW SESSION (1 SECONDS) GROUP BY id;
            """);

        foreach (var (key, at) in Keys.SelectMany(key => new[] { (key, 0L), (key, 5000L) }))
            sql.Send("s", """{"a": 1}""", at, key);

        foreach (var (sink, boundsBytes) in new[] { ("COPY", 0), ("N", 8), ("V", 16) })
        {
            var keys = KeyedTopics.Records(sql.Topics, sink).Select(row => row.Split("=>")[0][..^boundsBytes]);
            Assert.Equal(Keys.SelectMany(key => new[] { $"{sink} {key}", $"{sink} {key}" }), keys.Select(key => $"{sink} {key}"));
        }
    }

    [Fact]
    public async Task A_query_makes_its_topic_with_the_partitions_of_its_first_source_unless_it_is_told_how_many()
    {
        await using var sql = await SqlHost.StartAsync(Stream + """
            CREATE TABLE t (id STRING PRIMARY KEY, b INT) WITH (kafka_topic='t', value_format='json', partitions=4);
            CREATE TABLE n AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            CREATE STREAM j AS SELECT s.id, a, b FROM s JOIN t ON s.id = t.id;
            CREATE STREAM two WITH (partitions=2) AS SELECT id, a FROM s;
            """);

        Assert.Equal(
            ["J 4", "N 4", "TWO 2", "s 4", "t 4"],
            sql.Topics.Topics().Select(topic => $"{topic.Name} {topic.Partitions}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pull_queries_read_all_partitions_of_a_table_and_none_of_the_rows_of_one_that_was_dropped()
    {
        const string Table = "CREATE TABLE n AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;";
        await using var sql = await SqlHost.StartAsync(Stream + Table);
        foreach (var key in Keys)
            sql.Send("s", """{"a": 1}""", key: key);

        await sql.RunAsync("SELECT * FROM n; SELECT * FROM n WHERE id = 'Google';");
        await sql.RunAsync("DROP TABLE n; SET 'auto.offset.reset' = 'latest';" + Table);
        sql.Send("s", """{"a": 1}""", key: "ab");
        await sql.RunAsync("SELECT * FROM n;");

        string[][] expected = [["Blank,1", "Google,1", "ab,1", "left sock,1"], ["Google,1"], ["ab,1"]];
        Assert.Equal(expected, sql.Results.OfType<RowsResult>().Select(result =>
            result.Rows.Select(row => string.Join(',', row)).ToArray()));
    }

    [Theory]
    [InlineData("SELECT * FROM s JOIN r WITHIN 1 SECOND ON s.id = r.id EMIT CHANGES;", "S", 4, "R", 2)]
    [InlineData("CREATE STREAM x AS SELECT * FROM s JOIN t ON s.id = t.id;", "S", 4, "T", 2)]
    [InlineData("CREATE STREAM x AS SELECT * FROM s LEFT JOIN t ON s.a = t.num;", "S", 4, "T", 2, "num INT")]
    [InlineData("CREATE TABLE x AS SELECT * FROM t AS one FULL JOIN u AS other ON one.id = other.id;", "ONE", 2, "OTHER", 3)]
    [InlineData("INSERT INTO sink SELECT s.id AS id, s.a AS a FROM s JOIN t ON s.id = t.id;", "S", 4, "T", 2)]
    [InlineData("SELECT s.id FROM s JOIN u4 ON s.id = u4.id JOIN t ON s.id = t.id EMIT CHANGES;", "S", 4, "T", 2)]
    public async Task Topics_of_different_numbers_of_partitions_do_not_join(
        string statement, string left, int ofLeft, string right, int ofRight, string key = "id STRING")
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync(Stream + $"""
            CREATE STREAM r (id STRING KEY, b INT) WITH (kafka_topic='r', value_format='json', partitions=2);
            CREATE STREAM sink (id STRING KEY, a INT) WITH (kafka_topic='sink', value_format='json', partitions=1);
            CREATE TABLE t ({key} PRIMARY KEY, b INT) WITH (kafka_topic='t', value_format='json', partitions=2);
            CREATE TABLE u (id STRING PRIMARY KEY, c INT) WITH (kafka_topic='u', value_format='json', partitions=3);
            CREATE TABLE u4 (id STRING PRIMARY KEY, c INT) WITH (kafka_topic='u4', value_format='json', partitions=4);
            {statement}
            """));

        Assert.Equal("SQL0352", error.Code);
        Assert.Contains(
            $"can't join {left} with {right} since the number of partitions don't match: {left} partitions = {ofLeft}; "
                + $"{right} partitions = {ofRight}",
            error.Message);
    }

    [Fact]
    public async Task By_a_foreign_key_they_do()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE TABLE t (id STRING PRIMARY KEY, ref STRING) WITH (kafka_topic='t', value_format='json', partitions=4);
            CREATE TABLE u (id STRING PRIMARY KEY, c INT) WITH (kafka_topic='u', value_format='json', partitions=3);
            CREATE TABLE x AS SELECT t.id AS id, u.c AS c FROM t JOIN u ON t.ref = u.id;
            """);

        sql.Send("u", """{"c": 7}""", key: "ab");
        sql.Send("t", """{"ref": "ab"}""", key: "Google");

        Assert.Equal(["Google=>{\"C\":7}"], KeyedTopics.Records(sql.Topics, "X"));
        Assert.Equal([3], KeyedTopics.PartitionsOf(sql.Topics, "X"));
    }

    [Fact]
    public async Task Rows_without_a_key_stay_together_for_a_commit()
    {
        await using var sql = await SqlHost.StartAsync(Stream + "CREATE STREAM keyless AS SELECT a FROM s PARTITION BY NULL;");
        _ = sql.Topics.Append("s", [.. Keys.Select(key => NewRecord.Of(0, Encoding.UTF8.GetBytes(key), """{"a": 1}"""u8.ToArray()))]);

        sql.Engine.RunUntilIdle();

        Assert.Equal(4, KeyedTopics.Records(sql.Topics, "KEYLESS").Count);
        _ = Assert.Single(KeyedTopics.PartitionsOf(sql.Topics, "KEYLESS"));
    }
}
