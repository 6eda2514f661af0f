using SockSort.Client.Prompt;
using SockSort.Sql.Syntax;

namespace SockSort.Client.Tests.Prompt;

public sealed class StatementPlaceTests
{
    private static readonly SourceText Script = new("socks.sql", "SHOW STREAMS;\n  DROP\n  STREAM shoes;\n");

    [Theory]
    [InlineData("statement:1:1: no", "socks.sql:2:3: no")]
    [InlineData("statement:2:10: no", "socks.sql:3:10: no")]
    [InlineData("line 1:6: mismatched input", "socks.sql:2:8: mismatched input")]
    [InlineData("no place at all", "socks.sql:2:3: no place at all")]
    public void A_place_within_the_statement_becomes_one_within_the_script(string message, string expected) =>
        Assert.Equal(expected, StatementPlace.InScript(message, new SourceSpan(Script, 16, 22)));
}
