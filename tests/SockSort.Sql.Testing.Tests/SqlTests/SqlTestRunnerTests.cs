using SockSort.Sql.Testing.SqlTests;
using SockSort.Testing;

namespace SockSort.Sql.Testing.Tests.SqlTests;

public sealed class SqlTestRunnerTests
{
    private const string Copy = """
        CREATE STREAM foo (id INT KEY, col1 INT) WITH (kafka_topic = 'foo', value_format = 'JSON');
        CREATE STREAM bar AS SELECT * FROM foo;

        """;

    private const string Counts = """
        CREATE STREAM seen (sock STRING KEY, n INT) WITH (kafka_topic = 'seen', value_format = 'JSON');
        CREATE TABLE counts AS SELECT sock, SUM(n) AS n FROM seen GROUP BY sock HAVING SUM(n) > 1;

        """;

    [Theory]
    [InlineData("INSERT INTO foo (rowtime, id, col1) VALUES (7, 1, 2); ASSERT VALUES bar (rowtime, id, col1) VALUES (7, 1, 2);")]
    [InlineData("INSERT INTO foo (id, col1) VALUES (1, 2); ASSERT VALUES bar (col1, id) VALUES (2, 1);")]
    [InlineData("INSERT INTO foo VALUES (1, 2); ASSERT VALUES bar VALUES (1, 2);")]
    [InlineData("INSERT INTO foo (id) VALUES (1); ASSERT VALUES bar (id, col1) VALUES (1, NULL);")]
    [InlineData("INSERT INTO foo (id, col1) VALUES (1, 2); ASSERT VALUES bar (id) VALUES (1);")]
    [InlineData("INSERT INTO foo (id, col1) VALUES (1, 2); ASSERT VALUES bar (col1) VALUES (2);")]
    [InlineData("INSERT INTO foo (rowtime, id, col1) VALUES (5, 1, 2); ASSERT VALUES bar (rowtime) VALUES (5);")]
    [InlineData("INSERT INTO foo (id, col1) VALUES (1, 2); ASSERT VALUES foo (id, col1) VALUES (1, 2);")]
    [InlineData("INSERT INTO foo (id, col1) VALUES (1, 2); ASSERT VALUES bar (rowtime, id, col1) VALUES (0, 1, 2);")]
    public async Task Given_the_next_record_of_a_source_expect_a_row_to_be_held_against_it(string statements) =>
        Assert.Null(await FailureOfAsync(Copy + statements));

    [Fact]
    public async Task Given_several_records_expect_each_assertion_to_take_the_next() => Assert.Null(await FailureOfAsync(Copy + """
        INSERT INTO foo (id, col1) VALUES (1, 1);
        INSERT INTO foo (id, col1) VALUES (2, 1);
        ASSERT VALUES bar (id, col1) VALUES (1, 1);
        INSERT INTO foo (id, col1) VALUES (3, 1);
        ASSERT VALUES bar (id, col1) VALUES (2, 1);
        ASSERT VALUES bar (id, col1) VALUES (3, 1);
        """));

    [Theory]
    [InlineData("", "")]
    [InlineData("SET 'auto.offset.reset' = 'earliest';", "ASSERT VALUES late (id, col1) VALUES (1, 1);")]
    public async Task Given_a_query_below_a_row_expect_it_to_read_only_later_rows_unless_earliest_is_set(string set, string first) =>
        Assert.Null(await FailureOfAsync($"""
            {Copy}
            INSERT INTO foo (id, col1) VALUES (1, 1);
            {set}
            CREATE STREAM late AS SELECT * FROM bar;
            INSERT INTO foo (id, col1) VALUES (2, 1);
            {first}
            ASSERT VALUES late (id, col1) VALUES (2, 1);
            """));

    [Fact]
    public async Task Given_a_removed_row_expect_the_tombstone_and_nothing_else() => Assert.Null(await FailureOfAsync(Counts + """
        INSERT INTO seen (sock, n) VALUES ('Checks', 2);
        INSERT INTO seen (sock, n) VALUES ('Checks', -2);
        ASSERT VALUES counts (sock, n) VALUES ('Checks', 2);
        ASSERT NULL VALUES counts (sock) KEY ('Checks');
        """));

    [Fact]
    public async Task Given_a_window_expect_its_bounds_to_be_compared_where_they_are_named()
    {
        const string Windows = """
            CREATE STREAM seen (sock STRING KEY, n INT) WITH (kafka_topic = 'seen', value_format = 'JSON');
            CREATE TABLE counts AS SELECT sock, COUNT(*) AS n FROM seen WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY sock;
            INSERT INTO seen (rowtime, sock, n) VALUES (6000, 'Checks', 1);

            """;

        Assert.Null(await FailureOfAsync(
            Windows + "ASSERT VALUES counts (sock, n, windowstart, windowend) VALUES ('Checks', 1, 5000, 10000);"));
        Assert.Null(await FailureOfAsync(Windows + "ASSERT VALUES counts (sock, n) VALUES ('Checks', 1);"));
        Assert.Contains(
            "window 0..5000",
            await FailureOfAsync(Windows + "ASSERT VALUES counts (sock, n, windowstart, windowend) VALUES ('Checks', 1, 0, 5000);"));
    }

    [Theory]
    [InlineData("ASSERT VALUES bar (id, col1) VALUES (1, 3);", "Expected record does not match actual.")]
    [InlineData("ASSERT VALUES bar (id, col1) VALUES (2, 2);", "Expected record does not match actual.")]
    [InlineData("ASSERT VALUES bar (rowtime, id, col1) VALUES (8, 1, 2);", "Expected record does not match actual.")]
    [InlineData("ASSERT VALUES bar (col1) VALUES (NULL);", "Expected record does not match actual.")]
    [InlineData("ASSERT NULL VALUES bar (id) KEY (1);", "Expected record does not match actual.")]
    [InlineData("ASSERT NULL VALUES bar (id, col1) KEY (1, 2);", "Unexpected value columns specified in ASSERT NULL VALUES.")]
    [InlineData(
        "ASSERT VALUES bar (id, col1) VALUES (1, 2); ASSERT VALUES bar (id, col1) VALUES (1, 2);",
        "Expected another record, but all records have already been read:")]
    public async Task Given_another_row_expect_the_test_to_fail_with_both_and_the_assertions_place(string assertion, string problem)
    {
        var failure = await FailureOfAsync(Copy + "INSERT INTO foo (rowtime, id, col1) VALUES (7, 1, 2);\n" + assertion);

        Assert.Contains(problem, failure);
        Assert.Contains("test.sql:5:", failure);
    }

    [Theory]
    [InlineData("ASSERT STREAM bar;")]
    [InlineData("ASSERT STREAM bar (id INT KEY, col1 INT) WITH (kafka_topic = 'BAR', value_format = 'json');")]
    [InlineData("ASSERT STREAM bar WITH (key_format = 'KAFKA', wrap_single_value = true);")]
    [InlineData("ASSERT STREAM bar WITH (partitions = 9);")]
    public async Task Given_a_source_as_described_expect_the_test_to_pass(string assertion) =>
        Assert.Null(await FailureOfAsync(Copy + assertion));

    [Theory]
    [InlineData("ASSERT TABLE bar;", "Expected type does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM baz;", "BAZ does not exist.")]
    [InlineData("ASSERT STREAM bar (id INT, col1 INT);", "Expected schema does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar (id INT KEY, col1 BIGINT);", "Expected schema does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar (id INT KEY);", "Expected schema does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar WITH (kafka_topic = 'bar');", "Expected kafka topic does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar WITH (key_format = 'JSON');", "Expected key format does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar WITH (value_format = 'KAFKA');", "Expected value format does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar WITH (format = 'JSON');", "Expected key format does not match actual for source BAR.")]
    [InlineData("ASSERT STREAM bar WITH (timestamp = 'col1');", "Expected timestamp column does not match actual for source BAR.")]
    [InlineData(
        "ASSERT STREAM bar WITH (wrap_single_value = false);", "Expected value serde features does not match actual for source BAR.")]
    public async Task Given_a_source_that_differs_expect_what_differs(string assertion, string problem) =>
        Assert.Contains(problem, await FailureOfAsync(Copy + assertion));

    [Theory]
    [InlineData("io.confluent.ksql.util.KsqlException", "FOO does not exist", "CREATE STREAM bar AS SELECT * FROM foo;")]
    [InlineData(null, "'FOO' does not exist", "CREATE STREAM bar AS SELECT * FROM foo;")]
    [InlineData("io.confluent.ksql.util.KsqlException", null, "CREATE STREAM bar AS SELECT * FROM foo;")]
    [InlineData("io.confluent.ksql.parser.exception.ParseFailedException", null, "CREATE STREAM;")]
    [InlineData("java.lang.AssertionError", "Expected another record", Copy + "ASSERT VALUES bar (id) VALUES (1);")]
    [InlineData("io.confluent.ksql.util.KsqlException", "Expected type does not match", Copy + "ASSERT TABLE bar;")]
    public async Task Given_the_error_that_a_test_expects_expect_it_to_pass(string? error, string? message, string statements) =>
        Assert.Null(await FailureOfAsync(Directives(error, message) + statements));

    [Theory]
    [InlineData("io.confluent.ksql.util.KsqlException", "BAR does not exist", "CREATE STREAM x AS SELECT * FROM foo;", "lacks BAR")]
    [InlineData("io.confluent.ksql.util.KsqlException", "x", Copy + "ASSERT VALUES bar (id) VALUES (1);", "another error is expected")]
    [InlineData("java.lang.AssertionError", null, Copy + "ASSERT TABLE bar;", "another error is expected")]
    [InlineData("io.confluent.ksql.util.KsqlException", "boom", Copy, "no statement failed")]
    public async Task Given_another_error_or_none_expect_the_test_to_fail(
        string? error, string? message, string statements, string problem) =>
        Assert.Contains(problem, await FailureOfAsync(Directives(error, message) + statements));

    [Fact]
    public async Task Given_a_script_expect_it_to_be_run_from_the_tests_folder()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("copy.sql"), Copy, TestContext.Current.CancellationToken);

        Assert.Null(await FailureOfAsync(
            "RUN SCRIPT 'copy.sql'; INSERT INTO foo VALUES (1, 2); ASSERT VALUES bar VALUES (1, 2);", folder));
        Assert.Contains("there is no script", await FailureOfAsync("RUN SCRIPT 'other.sql';", folder));
    }

    [Fact]
    public async Task Given_a_script_from_the_top_of_the_suite_expect_a_folder_above_the_test_to_be_the_top()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("copy.sql"), Copy, TestContext.Current.CancellationToken);
        _ = Directory.CreateDirectory(folder.File("sql-tests"));
        var test = new SqlTest(
            folder.File("sql-tests/test.sql"), "copies", Line: 1, new("test.sql", "RUN SCRIPT '/copy.sql'; ASSERT STREAM bar;"));

        Assert.Null((await SqlTestRunner.RunAsync(test, TestContext.Current.CancellationToken)).Failure);
    }

    [Fact]
    public async Task Given_a_removed_row_expect_its_tombstone_to_be_no_row_whatever_is_named() => Assert.Contains(
        "does not match actual",
        await FailureOfAsync(Counts + """
            INSERT INTO seen (sock, n) VALUES ('Checks', 2);
            INSERT INTO seen (sock, n) VALUES ('Checks', -2);
            ASSERT VALUES counts (n) VALUES (2);
            ASSERT VALUES counts (sock) VALUES ('Checks');
            """));

    [Theory]
    [InlineData("DELIMITED")]
    [InlineData("JSON")]
    public async Task Given_several_key_columns_expect_only_the_named_to_be_compared_in_each_format(string format)
    {
        var script = $"""
            CREATE STREAM pairs (l INT KEY, r INT KEY, a STRING, b INT) WITH (kafka_topic = 'pairs', format = '{format}');
            INSERT INTO pairs (l, r, a, b) VALUES (1, 2, 'x', 3);

            """;

        Assert.Null(await FailureOfAsync(script + "ASSERT VALUES pairs (r, b) VALUES (2, 3);"));
        Assert.Contains("does not match", await FailureOfAsync(script + "ASSERT VALUES pairs (r, a) VALUES (1, 'x');"));
    }

    [Fact]
    public async Task Given_a_script_that_runs_itself_expect_an_end()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("again.sql"), "RUN SCRIPT 'again.sql';", TestContext.Current.CancellationToken);

        Assert.Contains("scripts run scripts", await FailureOfAsync("RUN SCRIPT 'again.sql';", folder));
    }

    [Fact]
    public async Task Given_a_mistake_expect_its_place_in_the_file()
    {
        var failure = await FailureOfAsync("CREATE STREAM foo (id INT KEY) WITH (kafka_topic = 'foo', value_format = 'XML');");

        Assert.Contains("test.sql:2:", failure);
    }

    private static string Directives(string? error, string? message)
    {
        var ofError = error is null ? "" : $"--@expected.error: {error}\n";
        return message is null ? ofError : $"{ofError}--@expected.message: {message}\n";
    }

    private static async Task<string?> FailureOfAsync(string text)
    {
        using var folder = new TempFolder();
        return await FailureOfAsync(text, folder);
    }

    private static async Task<string?> FailureOfAsync(string text, TempFolder folder)
    {
        var file = folder.File("test.sql");
        await File.WriteAllTextAsync(file, "--@test: one\n" + text, TestContext.Current.CancellationToken);
        var test = Assert.Single(SqlTestFile.Read(file));
        return (await SqlTestRunner.RunAsync(test, TestContext.Current.CancellationToken)).Failure;
    }
}
