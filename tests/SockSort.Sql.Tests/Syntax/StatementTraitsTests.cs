using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Tests.Syntax;

public class StatementTraitsTests
{
    [Theory]
    [InlineData("SELECT * FROM s EMIT CHANGES;", "GivesRows, HasQuery")]
    [InlineData("PRINT 't';", "GivesRows")]
    [InlineData("CREATE STREAM s (a INT) WITH (kafka_topic='t', value_format='json');", "Defines, Changes, Lasts, ToExist")]
    [InlineData("CREATE TABLE t AS SELECT a, COUNT(*) FROM s GROUP BY a;", "HasQuery, Defines, Changes, Lasts, ToExist")]
    [InlineData("INSERT INTO s SELECT * FROM r;", "HasQuery, Changes, Lasts, ToExist")]
    [InlineData("INSERT INTO s (a) VALUES (1);", "Changes, ToExist")]
    [InlineData("DROP STREAM s;", "Defines, Changes, Lasts")]
    [InlineData("TERMINATE q;", "Changes, Lasts")]
    [InlineData("CREATE TYPE address AS STRUCT<street STRING>;", "Defines, Changes, Lasts, ToExist")]
    [InlineData("CREATE SINK CONNECTOR c WITH ('connector.class'='x');", "Changes, Lasts, ToExist, OfConnector")]
    [InlineData("PAUSE CONNECTOR c;", "Changes, Lasts, OfConnector")]
    [InlineData("RESTART CONNECTOR c;", "Changes, OfConnector")]
    [InlineData("SET 'auto.offset.reset' = 'earliest';", "ToExist, OfSession")]
    [InlineData("DEFINE a = '1';", "ToExist, OfSession")]
    [InlineData("ASSERT TOPIC t;", "ToExist")]
    [InlineData("SHOW QUERIES;", "None")]
    [InlineData("DESCRIBE s;", "None")]
    [InlineData("EXPLAIN q;", "None")]
    public void A_statement_says_what_kind_it_is(string sql, string traits) =>
        Assert.Equal(traits, $"{SqlParser.Parse(new SourceText("test", sql)).Single().Traits}");
}
