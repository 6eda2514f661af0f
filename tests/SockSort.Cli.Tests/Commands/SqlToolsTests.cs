using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary><c>socksort sql explain</c>, <c>format</c>, <c>functions</c>, <c>replay</c>; <c>socksort bench sql</c>.</summary>
public sealed class SqlToolsTests
{
    private static readonly string Sock = Repository.PathOf("samples/sock.ksql");

    [Fact]
    public async Task Explain_prints_the_operators_of_each_query_as_a_tree()
    {
        var run = await CliRun.InvokeAsync("sql", "explain", Sock);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("""
            sock.ksql:25: CREATE TABLE SOCK_STREAM_SMOOTHED
            result table: `IMAGE` STRING KEY, `LAST_SEEN` STRING, `WINDOW_START` BIGINT
            └─ project LAST_SEEN, WINDOW_START
               └─ filter (COUNT(*) > 3)
                  └─ aggregate COUNT(*) by SOCK_STREAM.IMAGE, tumbling window of 5 SECONDS
                     └─ filter (SOCK_STREAM.IMAGE <> 'Blank')
                        └─ source stream SOCK_STREAM (topic data_mqtt, JSON): IMAGE
            """.ReplaceLineEndings("\n"), run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conform_runs_REST_tests_against_a_server_and_counts_them_with_the_others()
    {
        using var folder = new TempFolder();
        _ = folder.Write("rest.json", """
            {"tests": [
              {"name": "rows", "statements": [
                "CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);",
                "SELECT * FROM s EMIT CHANGES LIMIT 1;"],
               "inputs": [{"topic": "s", "timestamp": 1, "key": "a", "value": {"v": 2}}],
               "responses": [
                 {"admin": {"@type": "currentStatus"}},
                 {"query": [
                   {"header": {"schema": "`K` STRING, `V` INTEGER"}}, {"row": {"columns": ["a", 2]}}, {"finalMessage": "Limit Reached"}]}]},
              {"name": "another row", "statements": [
                "CREATE STREAM s (k STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);"],
               "responses": [{"admin": {"@type": "rows"}}]},
              {"name": "an error", "statements": ["SELECT * FROM gone EMIT CHANGES;"],
               "expectedError": {"type": "io.confluent.ksql.rest.entity.KsqlErrorMessage", "message": "GONE does not exist", "status": 400}}
            ]}
            """);

        var run = await CliRun.InvokeAsync("sql", "conform", folder.Path, "--show-failures");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"\ntotal +passed +2, failed +1, out of scope +0\n$", run.Output);
        Assert.Contains("another row", run.Output);
    }

    [Fact]
    public async Task A_written_format_stands_the_check()
    {
        using var folder = new TempFolder();
        var script = folder.File("sock.ksql");
        File.Copy(Sock, script);

        var before = await CliRun.InvokeAsync("sql", "format", script, "--check");
        var written = await CliRun.InvokeAsync("sql", "format", script, "--write");
        var after = await CliRun.InvokeAsync("sql", "format", script, "--check");

        Assert.Equal((1, 0, 0), (before.ExitCode, written.ExitCode, after.ExitCode));
    }

    [Fact]
    public async Task A_misspelt_function_is_met_with_the_nearest_one()
    {
        var found = await CliRun.InvokeAsync("sql", "functions", "ucase");
        var missed = await CliRun.InvokeAsync("sql", "functions", "subtring");

        Assert.Contains("UCASE(text STRING) → STRING", found.Output, StringComparison.Ordinal);
        Assert.Equal(
            (1, "socksort: there is no function 'subtring'; did you mean 'SUBSTRING'?\n"),
            (missed.ExitCode, missed.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task What_replay_prints_it_expects_and_a_changed_line_it_shows()
    {
        using var folder = new TempFolder();
        var (trace, same, other) = (folder.File("trace.jsonl"), folder.File("same.jsonl"), folder.File("other.jsonl"));
        File.WriteAllLines(
            trace,
            Enumerable.Range(0, 8).Select(i => $"{{\"timestamp\": {i * 900}, \"value\": {{\"image\": \"Dots\", \"probability\": 97.5}}}}"));

        var printed = await CliRun.InvokeAsync("sql", "replay", Sock, "--topic", $"data_mqtt={trace}");
        File.WriteAllText(same, printed.Output);
        File.WriteAllText(other, printed.Output.Replace("\"NUMBER_SOCKS_SEEN\":1", "\"NUMBER_SOCKS_SEEN\":7", StringComparison.Ordinal));
        var equal = await CliRun.InvokeAsync("sql", "replay", Sock, "--topic", $"data_mqtt={trace}", "--expect", same);
        var different = await CliRun.InvokeAsync("sql", "replay", Sock, "--topic", $"data_mqtt={trace}", "--expect", other);

        Assert.Equal((0, 0, 1), (printed.ExitCode, equal.ExitCode, different.ExitCode));
        Assert.Contains("NUMBER_SOCKS_SEEN: 7 expected, 1 came", different.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_without_its_file_is_wrong_usage()
    {
        var run = await CliRun.InvokeAsync("sql", "replay", Sock, "--topic", "data_mqtt");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--topic 'data_mqtt': write TOPIC=FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_benchmark_checks_its_result_against_the_formula()
    {
        var run = await CliRun.InvokeAsync("bench", "sql", "--records", "20000", "--seed", "7", "--keys", "1000", "--runs", "1");

        // The peer's page gives this number for 20000 records and seed 7.
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1678 pairs of label and window, as the formula gives", run.Output, StringComparison.Ordinal);
    }
}
