using SockSort.Sql.Engine.Results;

namespace SockSort.Sql.Engine.Tests.Settings;

/// <summary>The properties of ksqlDB: obeyed, accepted or refused.</summary>
public sealed class PropertyTests
{
    private const string Scans = "ksql.query.pull.table.scan.enabled";

    private const string Sources = """
        CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
        CREATE TABLE t (k STRING PRIMARY KEY, v INT) WITH (kafka_topic='t', value_format='JSON', partitions=1);
        """;

    [Theory]
    [InlineData("ksql.streams.num.stream.threads")]
    [InlineData("ksql.streams.producer.compression.type")]
    [InlineData("ksql.streams.state.dir")]
    [InlineData("commit.interval.ms")]
    [InlineData("processing.guarantee")]
    [InlineData("consumer.max.poll.records")]
    [InlineData("ksql.fail.on.deserialization.error")]
    [InlineData("ksql.service.id")]
    [InlineData("ksql.internal.topic.replicas")]
    [InlineData("ksql.logging.processing.stream.name")]
    [InlineData("ksql.query.pull.max.qps")]
    [InlineData("ksql.variable.substitution.enable")]
    [InlineData("ksql.schema.registry.url")]
    public async Task A_property_that_means_nothing_here_is_accepted_with_a_note(string name)
    {
        await using var sql = await SqlHost.StartAsync($"SET '{name}' = '5';");

        var note = Assert.Single(Assert.IsType<MessageResult>(sql.Results[0]).Notes);

        Assert.EndsWith("is accepted, and changes nothing in a single process", note);
    }

    [Theory]
    [InlineData("bootstrap.servers", "SQL0338")]
    [InlineData("ksql.streams.bootstrap.servers", "SQL0338")]
    [InlineData("ksql.extension.dir", "SQL0338")]
    [InlineData("ksql.pull.queries.enable", "SQL0338")]
    [InlineData("ssl.truststore.password", "SQL0338")]
    [InlineData("ksql.no.such.thing", "SQL0266")]
    [InlineData("offset.reset", "SQL0266")]
    public async Task What_ksqldb_refuses_is_refused(string name, string code)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync($"SET '{name}' = 'x';"));

        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("ksql.query.pull.stream.enabled", "SELECT * FROM s;", "SELECT * FROM t;")]
    [InlineData(Scans, "SELECT * FROM t WHERE v = 1;", "SELECT * FROM t WHERE k IN ('a', 'b') AND v = 1;")]
    [InlineData(Scans, "SELECT * FROM t WHERE k > 'a' AND k < 'b';", "SELECT * FROM t WHERE k > 'a' AND v = 1;")]
    [InlineData(Scans, "SELECT * FROM t WHERE k = CAST(v AS STRING);", "SELECT * FROM t WHERE k = CAST(1 AS STRING);")]
    [InlineData("ksql.query.pull.range.scan.enabled", "SELECT * FROM t WHERE k > 'a';", "SELECT * FROM t WHERE v = 1;")]
    [InlineData("ksql.query.pull.limit.clause.enabled", "SELECT * FROM t LIMIT 1;", "SELECT * FROM t;")]
    [InlineData("ksql.lambdas.enabled", "SELECT REDUCE(ARRAY[v], 0, (a, b) => a + b) FROM s;", "SELECT ARRAY[v] FROM s;")]
    public async Task A_kind_of_pull_query_that_is_switched_off_is_refused_and_others_run(string property, string refused, string runs)
    {
        await using var sql = await SqlHost.StartAsync($"{Sources}\nSET '{property}' = 'false';");

        await sql.RunAsync(runs);
        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync(refused));

        Assert.Equal("SQL0339", error.Code);
        Assert.Contains($"{property} = false", error.Message);
    }

    [Fact]
    public async Task A_range_of_one_string_key_is_pulled_of_a_windowed_table_too_where_scans_are_switched_off()
    {
        await using var sql = await SqlHost.StartAsync($"""
            {Sources}
            CREATE TABLE n AS SELECT k, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY k;
            SET '{Scans}' = 'false';
            """);

        await sql.RunAsync("SELECT * FROM n WHERE k <= 'a';");

        Assert.IsType<RowsResult>(sql.Results[^1]);
    }

    [Theory]
    [InlineData("SELECT * FROM o EMIT CHANGES;", "latest", "SCALABLE_PUSH_QUERY_O_")]
    [InlineData("SELECT * FROM o EMIT CHANGES;", "earliest", "transient_O_")]
    [InlineData("SELECT * FROM s EMIT CHANGES;", "latest", "transient_S_")]
    [InlineData("SELECT v, COUNT(*) FROM o GROUP BY v EMIT CHANGES;", "latest", "transient_O_")]
    public async Task A_push_query_that_ksqldb_would_scale_is_called_so_where_that_is_switched_on(string query, string from, string id)
    {
        await using var sql = await SqlHost.StartAsync($"""
            {Sources}
            CREATE STREAM o AS SELECT * FROM s;
            SET 'ksql.query.push.v2.enabled' = 'true';
            SET 'auto.offset.reset' = '{from}';
            """);

        await sql.RunAsync(query);

        Assert.StartsWith(id, Assert.IsType<PushResult>(sql.Results[^1]).Query.Id);
    }

    [Theory]
    [InlineData("ksql.insert.into.values.enabled", "INSERT INTO s (k) VALUES ('a');")]
    [InlineData("ksql.create.or.replace.enabled", "CREATE OR REPLACE STREAM o AS SELECT * FROM s;")]
    [InlineData(
        "ksql.create.or.replace.enabled", "CREATE OR REPLACE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON');")]
    public async Task A_statement_that_is_switched_off_is_refused_until_it_is_switched_on_again(string property, string refused)
    {
        await using var sql = await SqlHost.StartAsync($"{Sources}\nSET '{property}' = 'false';");

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync(refused));
        await sql.RunAsync($"SET '{property}' = 'true';\n{refused}");

        Assert.Equal("SQL0339", error.Code);
        Assert.Contains($"switched off by {property} = false", error.Message);
    }
}
