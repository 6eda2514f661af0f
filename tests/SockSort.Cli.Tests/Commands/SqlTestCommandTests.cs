using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class SqlTestCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Statements => _folder.Write("statements.sql", """
        CREATE STREAM pageviews (id INT KEY, page VARCHAR) WITH (kafka_topic='pageviews', value_format='DELIMITED', key_format='KAFKA');
        CREATE STREAM homes AS SELECT id, UCASE(page) AS page FROM pageviews WHERE page = 'home';
        """);

    private string Inputs => _folder.Write("input.json", """
        {"inputs": [
          {"topic": "pageviews", "timestamp": 10, "key": 1, "value": "home"},
          {"topic": "pageviews", "timestamp": 20, "key": 2, "value": "cart"}
        ]}
        """);

    [Fact]
    public async Task A_test_in_the_files_of_ksqlDBs_runner_passes_where_the_records_are_the_expected_ones()
    {
        var outputs = _folder.Write("output.json", """{"outputs": [{"topic": "HOMES", "timestamp": 10, "key": 1, "value": "HOME"}]}""");

        var run = await CliRun.InvokeAsync("sql", "test", "-s", Statements, "-i", Inputs, "-o", outputs);

        Assert.Equal((0, "\t >>> Test passed!\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task It_fails_with_the_record_that_differs()
    {
        var outputs = _folder.Write("output.json", """{"outputs": [{"topic": "HOMES", "timestamp": 10, "key": 1, "value": "home"}]}""");

        var run = await CliRun.InvokeAsync("sql", "test", "--sql-file", Statements, "--input-file", Inputs, "--output-file", outputs);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("\t>>>>> Test failed: topic HOMES: record 1 differs\n", run.Output);
    }

    [Fact]
    public async Task A_file_that_holds_something_else_is_named_with_what_it_should_hold()
    {
        var run = await CliRun.InvokeAsync("sql", "test", "-s", Statements, "-i", Inputs, "-o", Inputs);

        Assert.Equal(
            $"socksort: {_folder.File("input.json")} holds no 'outputs', expected {{\"outputs\": [{{\"topic\": …, \"value\": …}}, …]}}\n",
            run.Error);
    }
}
