using SockSort.Client.Prompt;

namespace SockSort.Client.Tests.Prompt;

public sealed class StatementBufferTests
{
    [Theory]
    [InlineData("SHOW STREAMS;", true)]
    [InlineData("SHOW STREAMS; ", true)]
    [InlineData("SHOW STREAMS", false)]
    [InlineData("SELECT ';'", false)]
    [InlineData("SELECT 'it''s';", true)]
    [InlineData("SELECT ';", false)]
    [InlineData("SELECT 1; -- done", true)]
    [InlineData("SELECT 1 -- ;", false)]
    [InlineData("SELECT 1; /* done */", true)]
    [InlineData("/* ; */", false)]
    [InlineData("SELECT `a;b`;", true)]
    public void A_statement_is_whole_at_a_semicolon_outside_quotes_and_comments(string line, bool isWhole)
    {
        var buffer = new StatementBuffer();

        Assert.Equal(isWhole ? line.Trim() : null, buffer.Add(line));
    }

    [Fact]
    public void Lines_are_gathered_until_the_statement_is_whole()
    {
        var buffer = new StatementBuffer();

        Assert.Null(buffer.Add("SELECT *"));
        Assert.Equal("SELECT *\nFROM s;", buffer.Add("FROM s;"));
        Assert.True(buffer.IsEmpty);
    }
}
