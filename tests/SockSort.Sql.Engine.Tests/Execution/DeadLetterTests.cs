using System.Text;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Execution;

public sealed class DeadLetterTests
{
    [Fact]
    public async Task A_record_that_does_not_read_is_kept_with_its_place_and_the_field_at_fault_and_the_query_goes_on()
    {
        var topics = new MemoryLog();
        await using var engine = new SqlEngine(topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        await RunAsync(
            engine,
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");

        topics.Append("s", [Written("""{"a":1}"""), Written("""{"a":"many"}"""), Written("{"), Written("""{"a":2}""")]);
        engine.RunUntilIdle();

        Assert.Equal(["""{"A":1}""", """{"A":2}"""], topics.Read("Q", 0, 0, 10).Select(record => Text(record.Value)));
        var letters = topics.Read("_socksort_dead_letters", 0, 0, 10);
        Assert.Equal(["""{"a":"many"}""", "{"], letters.Select(record => Text(record.Value)));
        Assert.Equal(
            ("s", "0", "1", "CSAS_Q_0"),
            (Header(letters[0], "topic"), Header(letters[0], "partition"), Header(letters[0], "offset"), Header(
                letters[0], "connector.name")));
        Assert.StartsWith("field 'A': ", Header(letters[0], "exception.message"));
        Assert.Equal(2, engine.Metrics()["CSAS_Q_0"].Skipped);
        Assert.Equal(QueryState.Running, Assert.Single(engine.Snapshot().Queries).State);
    }

    [Fact]
    public async Task A_letter_that_does_not_read_itself_makes_no_other()
    {
        var topics = new MemoryLog();
        await using var engine = new SqlEngine(topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        await RunAsync(
            engine,
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");
        await RunAsync(
            engine,
            "CREATE STREAM letters (a INT) WITH (kafka_topic='_socksort_dead_letters', value_format='json', partitions=1); CREATE STREAM "
                + "again AS SELECT a FROM letters;");

        topics.Append("s", [Written("{")]);
        engine.RunUntilIdle();

        _ = Assert.Single(topics.Read("_socksort_dead_letters", 0, 0, 10));
        Assert.Equal(1, engine.Metrics()["CSAS_AGAIN_1"].Skipped);
    }

    [Fact]
    public async Task What_was_skipped_is_a_stream_by_query_and_with_its_reason()
    {
        var topics = new MemoryLog();
        await using var engine = new SqlEngine(topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        await RunAsync(
            engine,
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");
        topics.Append("s", [Written("{"), Written("[]")]);
        engine.RunUntilIdle();

        var rows = await RunAsync(
            engine,
            "SELECT queryid, source_topic, source_partition, source_offset, reason, message->deserializationError->recordB64 "
                + "FROM KSQL_PROCESSING_LOG;");

        var told = Assert.IsType<RowsResult>(rows).Rows.Select(row => string.Join("|", row)).ToList();
        Assert.Equal(2, told.Count);
        Assert.StartsWith("CSAS_Q_0|s|0|0|not JSON: ", told[0]);
        Assert.Equal("CSAS_Q_0|s|0|1|a JSON object is needed, but the record holds an array|W10=", told[1]);
    }

    [Fact]
    public async Task Nobody_writes_the_processing_log_and_a_stream_of_that_name_goes_before_it()
    {
        await using var engine = new SqlEngine(new MemoryLog(), new() { KeepsState = true, Clock = SqlClock.Stream });

        var refused = await Xunit.Record.ExceptionAsync(
            () => RunAsync(engine, "INSERT INTO KSQL_PROCESSING_LOG (reason) VALUES ('mine');"));
        await RunAsync(engine, "CREATE STREAM KSQL_PROCESSING_LOG (mine INT) WITH (kafka_topic='own', value_format='json');");
        var rows = await RunAsync(engine, "SELECT mine FROM KSQL_PROCESSING_LOG;");

        Assert.Equal("SQL0322", Assert.IsType<SqlException>(refused).Code);
        Assert.Empty(Assert.IsType<RowsResult>(rows).Rows);
    }

    private static NewRecord Written(string json) => NewRecord.Of(0, null, Encoding.UTF8.GetBytes(json));

    private static string Header(LogRecord record, string name) =>
        Text(record.Headers.Single(header => header.Name == $"__connect.errors.{name}").Value);

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    private static async Task<StatementResult?> RunAsync(SqlEngine engine, string script)
    {
        StatementResult? last = null;
        foreach (var statement in SqlParser.Parse(new SourceText("test", script)))
            last = await engine.ExecuteAsync(statement, new SqlSession());
        return last;
    }
}
