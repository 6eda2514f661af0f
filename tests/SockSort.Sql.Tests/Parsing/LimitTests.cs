using SockSort.Sql.Engine.Tests;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Tests.Parsing;

/// <summary>Texts that would take all of a server's stack, memory or time.</summary>
public class LimitTests
{
    // A thread of the pool has 1.5 MB.
    private const int StackBytes = 1_500_000;

    [Theory]
    [InlineData("${a}")]
    [InlineData("${a} ${a}")]
    public void A_variable_that_names_itself_is_an_error(string value)
    {
        var error = Assert.Throws<SqlException>(
            () => SqlParser.Parse(new SourceText("test", "SHOW ${a};"), new Dictionary<string, string> { ["a"] = value }));

        Assert.Contains("never ends: its value names it again", error.Message);
    }

    [Theory]
    [InlineData("1", " + 1")]
    [InlineData("true", " OR true")]
    [InlineData("true", " IS NULL")]
    [InlineData("a", "[1]")]
    [InlineData("a", "->b")]
    [InlineData("a", " IN (1)")]
    public void A_row_of_operators_without_end_is_an_error(string first, string further)
    {
        var text = $"SELECT {first}{string.Concat(Enumerable.Repeat(further, 200_000))} FROM s EMIT CHANGES;";

        var error = Assert.Throws<SqlException>(() => SqlParser.Parse(new SourceText("test", text)));

        Assert.Contains("has more than 500 operators", error.Message);
    }

    [Theory]
    [InlineData("id", " + 1")]
    [InlineData("id", " * 1")]
    [InlineData("'x'", " || 'x'")]
    [InlineData("id = 0", " OR id = 1")]
    public void As_many_operators_as_are_allowed_run_on_the_stack_of_any_thread(string first, string further)
    {
        var count = further.Contains('=') ? 249 : 500;
        var script =
            "CREATE STREAM s (id INT) WITH (kafka_topic='s', value_format='json', partitions=1); SELECT "
                + $"{first}{string.Concat(Enumerable.Repeat(further, count))} AS x FROM s EMIT CHANGES;";
        var rows = Array.Empty<string>();

        var thread = new Thread(() => rows = Rows(script), StackBytes);
        thread.Start();
        thread.Join();

        _ = Assert.Single(rows);
    }

    private static string[] Rows(string script)
    {
        var host = SqlHost.StartAsync(script).GetAwaiter().GetResult();
        host.Send("s", """{"ID":1}""");
        var rows = host.Rows();
        host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return rows;
    }
}
