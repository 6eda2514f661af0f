using SockSort.Sql.Testing.Replay;

namespace SockSort.Sql.Testing.Tests.Replay;

/// <summary>Scripts over recorded traces, held against an expectation.</summary>
public class ReplayTests
{
    private const string Script = """
        CREATE SOURCE CONNECTOR c WITH ('connector.class' = 'x');
        CREATE STREAM found (sock STRING) WITH (KAFKA_TOPIC = 'data_mqtt', VALUE_FORMAT = 'JSON');
        CREATE TABLE heaps AS SELECT sock, COUNT(*) AS n FROM found WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY sock HAVING COUNT(*) > 1;
        SELECT UCASE(sock) AS loud FROM found WHERE sock <> 'dots' EMIT CHANGES;
        """;

    private const string Records = """
        {"partition": 0, "offset": 0, "timestamp": 1000, "key": null, "value": "{\"sock\": \"dots\"}", "headers": {}}
        {"timestamp": 2000, "value": {"sock": "dots"}}
        {"timestamp": 3000, "value": {"sock": "stripes"}}

        {"timestamp": 4000, "value": {"sock": "dots"}}
        """;

    [Fact]
    public async Task Results_come_as_lines_that_an_expectation_can_hold()
    {
        await using var run = await RunAsync(Records);

        var results = await run.ResultsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                """{"topic":"HEAPS","key":"dots","value":{"N":2},"timestamp":2000,"window":{"start":0,"end":5000,"type":"time"}}""",
                """{"topic":"HEAPS","key":"dots","value":{"N":3},"timestamp":4000,"window":{"start":0,"end":5000,"type":"time"}}""",
                """{"topic":"(select 1)","value":{"LOUD":"STRIPES"}}""",
            ], results.Select(result => result.ToString()));
        Assert.Equal(["socks.sql:1: left out in replay: CREATE SOURCE CONNECTOR c WITH ('connector.class' = 'x')"], run.Notes);
    }

    [Fact]
    public async Task The_same_lines_are_as_expected_also_with_fewer_fields()
    {
        await using var run = await RunAsync(Records);
        var results = await run.ResultsAsync(TestContext.Current.CancellationToken);
        var expectation = Trace.Read("out.jsonl", """
            {"topic": "HEAPS", "value": {"N": 2.0}}
            {"topic": "HEAPS", "key": "dots", "window": {"start": 0, "end": 5000, "type": "time"}, "value": {"n": 3}}
            {"topic": "(select 1)", "value": {"LOUD": "STRIPES"}}
            """);

        Assert.Null(ReplayDifference.Of(expectation, results, run.OutputTopics));
    }

    [Fact]
    public async Task A_difference_says_which_record_and_which_field()
    {
        await using var run = await RunAsync(Records);
        var results = await run.ResultsAsync(TestContext.Current.CancellationToken);
        var expectation = Trace.Read("out.jsonl", """
            {"topic": "HEAPS", "key": "dots", "value": {"N": 2}}
            {"topic": "HEAPS", "key": "dots", "value": {"N": 4}}
            {"topic": "HEAPS", "key": "stripes", "value": {"N": 2}}
            """);

        Assert.Equal("""
            topic HEAPS: 3 expected, 2 came
               {"key":"dots","value":{"N":2},"timestamp":2000,"window":{"start":0,"end":5000,"type":"time"}}
             - {"key":"dots","value":{"N":4}}   (line 2)
             - {"key":"stripes","value":{"N":2}}   (line 3)
             + {"key":"dots","value":{"N":3},"timestamp":4000,"window":{"start":0,"end":5000,"type":"time"}}
                 value.N: 4 expected, 3 came
            """.ReplaceLineEndings("\n"), ReplayDifference.Of(expectation, results, run.OutputTopics));
    }

    [Theory]
    [InlineData(
        "{\"sock\": ",
        "trace.jsonl:1:10: no JSON; write one record a line: {\"timestamp\": 1600000000000, \"value\": {\"image\": \"Dots\"}}")]
    [InlineData(
        "{\"value\": {}, \"timestamp\": \"now\"}", "trace.jsonl:1: the timestamp \"now\" is no whole number of milliseconds since 1970")]
    public void A_line_that_is_no_record_is_refused_with_its_place(string line, string message)
    {
        var error = Assert.Throws<TraceException>(() => Trace.Read("trace.jsonl", line));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task A_topic_that_nobody_reads_is_refused_with_the_nearest_one()
    {
        await using var run = new ReplayRun();
        await run.DefineAsync(new("socks.sql", Script), TestContext.Current.CancellationToken);

        var error = Assert.Throws<TraceException>(() => run.Feed([("data_mqt", Trace.Read("trace.jsonl", Records))]));

        Assert.Equal("no stream or table of the script reads a topic 'data_mqt'; did you mean 'data_mqtt'?", error.Message);
    }

    private static async Task<ReplayRun> RunAsync(string records)
    {
        var run = new ReplayRun();
        await run.DefineAsync(new("socks.sql", Script), TestContext.Current.CancellationToken);
        run.Feed([("FOUND", Trace.Read("trace.jsonl", records))]);
        return run;
    }
}
