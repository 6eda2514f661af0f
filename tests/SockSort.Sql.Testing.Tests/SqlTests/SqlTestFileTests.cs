using SockSort.Sql.Testing.SqlTests;
using SockSort.Testing;

namespace SockSort.Sql.Testing.Tests.SqlTests;

public sealed class SqlTestFileTests
{
    [Fact]
    public void Each_directive_begins_a_test_whose_statements_keep_their_lines()
    {
        var tests = Read("""
            -- a comment
            ------------------
            --@test: first
            ------------------
            SET 'a' = 'b';

            --@test: second
            --@expected.error: java.lang.AssertionError
            --@expected.message: Expected record
            SET 'c' = 'd';
            """);

        Assert.Equal([("first", 3), ("second", 7)], tests.Select(test => (test.Name, test.Line)));
        Assert.Equal((null, null), (tests[0].ExpectedError, tests[0].ExpectedMessage));
        Assert.Equal(("java.lang.AssertionError", "Expected record"), (tests[1].ExpectedError, tests[1].ExpectedMessage));
        Assert.Equal(5, LineOf(tests[0], "SET 'a'"));
        Assert.Equal(10, LineOf(tests[1], "SET 'c'"));
        Assert.DoesNotContain("SET 'a'", tests[1].Statements.Text);
    }

    [Theory]
    [InlineData("SET 'a' = 'b';", "tests.sql: holds no test")]
    [InlineData("", "tests.sql: holds no test")]
    [InlineData("-- why\n\nSET 'a' = 'b';\n--@test: one", "tests.sql:3: a statement stands before the first")]
    [InlineData("--@test: one\n--@expect.error: x", "tests.sql:2: unknown directive '--@expect.error'")]
    public void What_is_no_file_of_tests_is_told_with_its_line(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<SqlTestException>(() => Read(text)).Message);

    [Fact]
    public void Ends_of_lines_of_another_system_are_no_part_of_a_name() =>
        Assert.Equal("one", Assert.Single(Read("--@test: one\r\nSET 'a' = 'b';\r\n")).Name);

    private static int LineOf(SqlTest test, string text) =>
        test.Statements.PositionOf(test.Statements.Text.IndexOf(text, StringComparison.Ordinal)).Line;

    private static IReadOnlyList<SqlTest> Read(string text)
    {
        using var folder = new TempFolder();
        var file = folder.File("tests.sql");
        File.WriteAllText(file, text);
        return SqlTestFile.Read(file);
    }
}
