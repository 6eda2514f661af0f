using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Sql.Parsing;
using SockSort.Sql.Printing;
using SockSort.Sql.Syntax;
using Property = FsCheck.Property;

namespace SockSort.Sql.Tests.Printing;

/// <summary>What is printed reads as what was read.</summary>
public class RoundTripTests
{
    [Property(MaxTest = 2000)]
    public Property A_statement_printed_and_read_again_is_the_same_tree() => Prop.ForAll(StatementGenerator.Statement.ToArbitrary(), text =>
    {
        var tree = Read(text);

        var printed = StatementPrinter.Print(tree);

        Assert.Equal(TreeText.Of(tree), TreeText.Of(Read(printed)));
        Assert.Equal(printed, StatementPrinter.Print(Read(printed)));
    });

    [Property(MaxTest = 2000)]
    public Property An_expression_in_its_full_form_is_the_same_tree() => Prop.ForAll(StatementGenerator.Expression.ToArbitrary(), text =>
    {
        var tree = SqlParser.ParseExpression(text);

        var printed = SqlPrinter.Print(tree);

        Assert.Equal(TreeText.Of(tree), TreeText.Of(SqlParser.ParseExpression(printed)));
    });

    [Property(MaxTest = 500)]
    public Property A_formatted_script_stays_as_it_is_when_formatted_again() =>
        Prop.ForAll(StatementGenerator.Statement.ArrayOf(3).ToArbitrary(), statements =>
        {
            var script = string.Join(";\n\n-- next\n", statements) + "; -- end";

            var formatted = ScriptFormatter.Format(new("a.sql", script));

            Assert.Equal(formatted, ScriptFormatter.Format(new("b.sql", formatted)));
            Assert.Equal(Trees(script), Trees(formatted));
        });

    private static Statement Read(string text) => Assert.Single(SqlParser.Parse(new("test.sql", text)));

    private static string Trees(string script) => string.Join("\n", SqlParser.Parse(new("test.sql", script)).Select(TreeText.Of));
}
