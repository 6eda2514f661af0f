using SockSort.Sql.Engine.Tests;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Tests.Parsing;

/// <summary>Whole messages: place, problem, code, advice, and the line with its caret.</summary>
public class MessageTests
{
    private const string Stream = "CREATE STREAM found (sock STRING, score DOUBLE) WITH (KAFKA_TOPIC = 'found', VALUE_FORMAT = 'JSON');\n";

    public static TheoryData<string, string> Mistakes => new()
    {
        { "SELEC 1;", "unknown statement 'SELEC' [SQL0006]; did you mean 'SELECT'?" },
        { "SELECT sock FORM found;", "unexpected 'FORM' [SQL0001]; expected ',' or FROM; did you mean FROM?" },
        { "SELECT colour FROM found EMIT CHANGES;", "column 'COLOUR' does not exist in stream 'FOUND' [SQL0102]; "
            + "columns: SOCK, SCORE, ROWTIME" },
        { "SELECT scor FROM found EMIT CHANGES;", "column 'SCOR' does not exist in stream 'FOUND' [SQL0102]; did you mean 'SCORE'?" },
        { "SELECT sock FROM fund EMIT CHANGES;", "'FUND' does not exist [SQL0105]; did you mean 'FOUND'?" },
        { "SELECT sock + 1 FROM found EMIT CHANGES;", "there is no STRING + INTEGER [SQL0112]; both sides are numbers, or two "
            + "strings for +; CAST may help" },
        { "SELECT sock FROM found WHERE score = NULL EMIT CHANGES;", "a comparison of DOUBLE with NULL is never true: (SCORE = null) "
            + "[SQL0114]; write IS NULL or IS NOT NULL" },
        { "SELECT CUNT(*) FROM found GROUP BY sock EMIT CHANGES;", "there is no function 'CUNT' [SQL0106]; did you mean 'COUNT'?" },
        { "SELECT score, COUNT(*) FROM found GROUP BY sock EMIT CHANGES;", "column 'SCORE' is neither grouped by nor inside an aggregate "
            + "[SQL0202]; add it to GROUP BY, or write LATEST_BY_OFFSET(SCORE)" },
        { "SELECT COUNT(*) FROM found WINDOW TUMBLING (5 SECONDS) GROUP BY sock;", "unexpected '5' [SQL0001]; expected SIZE and the length "
            + "of the window: (SIZE 5 SECONDS)" },
        { "SET 'auto.ofset.reset' = 'earliest';", "there is no property 'auto.ofset.reset' [SQL0266]; did you mean 'auto.offset.reset'?" },
        { "CREATE STREAM s (a INT) WITH (KAFKA_TOPIK = 's', VALUE_FORMAT = 'JSON');", "WITH knows no setting 'KAFKA_TOPIK' [SQL0230]; did "
            + "you mean 'KAFKA_TOPIC'?" },
        { "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'AVRO');", "the format AVRO needs a schema registry, which "
            + "SockSort does not have [SQL0235]; use JSON, DELIMITED or KAFKA" },
        { "SELECT 'sock FROM found;", "the text that begins with ' never ends [SQL0003]; close it with '; write '' for one inside" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_told_in_words_with_advice(string statement, string expected)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync(Stream + statement));

        Assert.Equal(expected, error.Message.Split('\n')[0].Split(": ", 2)[1]);
    }

    [Fact]
    public async Task The_line_is_shown_with_a_caret_below_the_word()
    {
        var error = await Assert.ThrowsAsync<SqlException>(
            () => SqlHost.StartAsync(Stream + "SELECT sock,\n       colour FROM found EMIT CHANGES;"));

        Assert.Equal("""
            test.sql:3:8: column 'COLOUR' does not exist in stream 'FOUND' [SQL0102]; columns: SOCK, SCORE, ROWTIME
                     colour FROM found EMIT CHANGES;
                     ^^^^^^
            """.ReplaceLineEndings("\n"), error.Message);
        Assert.Equal((3, 8, SqlPhase.Analysis), (error.Line, error.Column, error.Phase));
    }

    [Theory]
    [InlineData("a + b * 2 = c AND NOT d OR e IS NULL", "((((A + (B * 2)) = C) AND (NOT D)) OR (E IS NULL))")]
    [InlineData("`a`[1]->b", "`a`[1]->B")]
    [InlineData("case when a then 'x' else 'it''s' end", "(CASE WHEN A THEN 'x' ELSE 'it''s' END)")]
    [InlineData("transform(m, (k, v) => k, (k, v) => v + 1)", "TRANSFORM(M, (K, V) => K, (K, V) => (V + 1))")]
    [InlineData("a between 1 and -2 and b not in (1, 2.50, 1e3)", "((A BETWEEN 1 AND -2) AND (B NOT IN (1, 2.50, 1e3)))")]
    [InlineData("cast(a as struct<x map<varchar, decimal(4,2)>>)", "CAST(A AS STRUCT<X MAP<STRING, DECIMAL(4, 2)>>)")]
    public void An_expression_prints_in_one_form_that_parses_back(string text, string printed)
    {
        var expression = SqlParser.ParseExpression(text);

        Assert.Equal(printed, expression.ToString());
        Assert.Equal(printed, SqlParser.ParseExpression(printed).ToString());
    }
}
