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

    [Fact]
    public async Task SQL_tests_are_told_one_by_one_and_counted()
    {
        var tests = _folder.Write("tests.sql", """
            --@test: a copy
            CREATE STREAM foo (id INT KEY, a INT) WITH (kafka_topic = 'foo', value_format = 'JSON');
            CREATE STREAM bar AS SELECT * FROM foo;
            INSERT INTO foo (rowtime, id, a) VALUES (5, 1, 2);
            ASSERT VALUES bar (rowtime, id, a) VALUES (5, 1, 2);
            --@test: another row
            CREATE STREAM foo (id INT KEY, a INT) WITH (kafka_topic = 'foo', value_format = 'JSON');
            INSERT INTO foo (rowtime, id, a) VALUES (5, 1, 2);
            ASSERT VALUES foo (id, a) VALUES (1, 3);
            """);

        var run = await CliRun.InvokeAsync("sql", "test", tests);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($$"""
            >>> Test passed! a copy
            >>>>> Test failed: another row ({{tests}}:6)
            	`ASSERT VALUES foo (id, a) VALUES (1, 3)` ({{tests}}:9:1):
            	Expected record does not match actual.
            	Expected: key 1, value {"A":3}, timestamp 0
            	Actual:   key 1, value {"A":2}, timestamp 5
            2 tests: 1 passed, 1 failed

            """.Replace("\\t", "\t", StringComparison.Ordinal), run.Output);
    }

    [Theory]
    [InlineData("--test-directory")]
    [InlineData("-td")]
    public async Task A_folder_of_SQL_tests_is_taken_as_run_ksql_test_takes_it(string option)
    {
        _ = _folder.Write("one.sql", "--@test: one\nSET 'auto.offset.reset' = 'earliest';");
        _ = _folder.Write("two.sql", "--@test: two\nSET 'auto.offset.reset' = 'earliest';");

        var run = await CliRun.InvokeAsync("sql", "test", option, _folder.Path, "-tf", _folder.File("none"));

        Assert.Equal((0, ">>> Test passed! one\n>>> Test passed! two\n2 tests: 2 passed, 0 failed\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData()]
    [InlineData("-s", "a.sql")]
    [InlineData("-o", "a.json")]
    [InlineData("a.sql", "-s", "b.sql", "-o", "c.json")]
    public async Task Which_form_is_meant_must_be_clear(params string[] arguments)
    {
        var run = await CliRun.InvokeAsync(["sql", "test", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("-s", run.Error);
    }
}
