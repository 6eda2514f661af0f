using SockSort.Log.Memory;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Engine.Tests;

/// <summary>Where queries begin.</summary>
public class StartTests
{
    private const string Script = """
        CREATE STREAM s (id INT KEY, a INT) WITH (kafka_topic='s', value_format='json', partitions=1);
        CREATE TABLE t (id INT PRIMARY KEY, name STRING) WITH (kafka_topic='t', value_format='json', partitions=1);
        INSERT INTO t VALUES (1, 'before');
        INSERT INTO s VALUES (1, 10);
        """;

    [Theory]
    [InlineData("", "before")]
    [InlineData("SET 'auto.offset.reset' = 'latest';", "null")]
    public async Task A_table_begins_with_the_rows_that_are_there_unless_asked_otherwise(string setting, string joined)
    {
        await using var engine = new SqlEngine(new MemoryLog(), new() { Clock = SqlClock.Stream });
        var results = await RunAsync(
            engine, $"{Script}{setting}SELECT s.a, t.name FROM s LEFT JOIN t ON s.id = t.id EMIT CHANGES; INSERT INTO s VALUES (1, 20);");

        engine.RunUntilIdle();

        var rows = results.OfType<PushResult>().Single().Query;
        Assert.True(rows.TryRead(out var row));
        Assert.Equal(["20", joined], row!.Values.Select(value => value?.ToString() ?? "null"));
        Assert.False(rows.TryRead(out _));
    }

    [Theory]
    [InlineData("auto.offset.reset", "earlist", "earliest")]
    [InlineData("ksql.streams.auto.offset.reset", "none", "earliest, latest")]
    [InlineData("ksql.timestamp.throw.on.invalid", "yes", "true, false")]
    public async Task A_value_that_a_property_does_not_take_is_an_error(string name, string value, string advice)
    {
        await using var engine = new SqlEngine(new MemoryLog());

        var error = await Assert.ThrowsAsync<SqlException>(() => RunAsync(engine, $"SET '{name}' = '{value}';"));

        Assert.Contains(advice, error.Message);
    }

    private static async Task<List<StatementResult>> RunAsync(SqlEngine engine, string script)
    {
        var (session, results) = (new SqlSession(), new List<StatementResult>());
        var parser = new SqlParser(new("test.sql", script), session.Variables);
        while (parser.Next() is { } statement)
            results.Add(await engine.ExecuteAsync(statement, session));
        return results;
    }
}
