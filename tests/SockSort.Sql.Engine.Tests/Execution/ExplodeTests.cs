namespace SockSort.Sql.Engine.Tests.Execution;

public class ExplodeTests
{
    private const string Stream =
        "CREATE STREAM s (id STRING KEY, x ARRAY<INT>, y ARRAY<STRING>) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');";

    [Fact]
    public async Task Two_table_functions_make_rows_side_by_side_and_the_shorter_one_ends_with_NULL()
    {
        await using var sql = await SqlHost.StartAsync(Stream + "SELECT id, EXPLODE(x) AS a, EXPLODE(y) AS b FROM s EMIT CHANGES;");

        sql.Send("s", """{"x": [1, 2], "y": ["p", "q", "r"]}""", 0, "k");

        Assert.Equal(["k,1,p", "k,2,q", "k,null,r"], sql.Rows());
    }

    [Fact]
    public async Task Without_elements_there_is_no_row()
    {
        await using var sql = await SqlHost.StartAsync(Stream + "SELECT id, EXPLODE(x) AS a FROM s EMIT CHANGES;");

        sql.Send("s", """{"x": []}""", 0, "k");
        sql.Send("s", """{"x": null}""", 0, "k");

        Assert.Empty(sql.Rows());
    }

    [Fact]
    public async Task Cube_explode_gives_every_combination_with_NULLs()
    {
        await using var sql = await SqlHost.StartAsync(Stream + "SELECT CUBE_EXPLODE(ARRAY[x[1], x[2]]) AS c FROM s EMIT CHANGES;");

        sql.Send("s", """{"x": [1, 2]}""", 0, "k");

        Assert.Equal(["[null, null]", "[null, 2]", "[1, null]", "[1, 2]"], sql.Rows());
    }
}
