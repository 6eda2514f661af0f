namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>Of several mistakes in a statement the one is told that its reader would mend first.</summary>
public sealed class FirstMistakeTests
{
    private const string Source =
        "CREATE STREAM s (k STRING KEY, i INT, t STRING, a ARRAY<INT>) WITH (kafka_topic='s', value_format='JSON', partitions=1);\n";

    [Theory]
    [InlineData("CREATE TABLE x AS SELECT t, SUMM(i) FROM s GROUP BY i;", "2:29: there is no function 'SUMM' [SQL0106]")]
    [InlineData("CREATE TABLE x AS SELECT i, UCASE(t), SUM(nope) FROM s GROUP BY i;", "2:43: column 'NOPE' does not exist")]
    [InlineData("CREATE TABLE x AS SELECT i, COUNT(*) FROM s GROUP BY i HAVING SUMM(i) > 1;", "2:63: there is no function 'SUMM'")]
    [InlineData("CREATE STREAM x AS SELECT k, zip FROM s WHERE nope = 1;", "2:30: column 'ZIP' does not exist")]
    [InlineData("CREATE STREAM x AS SELECT k, SUBSTRNG(t, 1) FROM s WHERE nope;", "2:30: there is no function 'SUBSTRNG'")]
    [InlineData("CREATE STREAM x AS SELECT k, i + a, nope FROM s;", "2:30: there is no INTEGER + ARRAY<INTEGER>")]
    [InlineData("CREATE STREAM x AS SELECT i, nope FROM s;", "2:30: column 'NOPE' does not exist")]
    [InlineData("CREATE STREAM x AS SELECT k, SUM(i), nope FROM s;", "2:38: column 'NOPE' does not exist")]
    [InlineData("CREATE STREAM x WITH (VALUE_FORMAT='JSN') AS SELECT k, nope FROM s;", "2:23: there is no format 'JSN'")]
    [InlineData("CREATE STREAM x WITH (PARTITIONS='many') AS SELECT i FROM s;", "2:23: PARTITIONS: 'many' is no whole number from 1")]
    [InlineData("CREATE STREAM x AS SELECT k, i AS v, t AS v FROM s;", "2:38: there are two columns 'V' (INTEGER and STRING)")]
    public async Task Of_several_mistakes_the_first_to_mend_is_told(string statement, string message)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync(Source + statement));

        Assert.StartsWith($"test.sql:{message}", error.Message);
    }
}
