using SockSort.Sql.Engine;

namespace SockSort.Sql.Tests.Engine;

public class StateLimitTests
{
    [Fact]
    public async Task A_query_whose_state_grows_beyond_the_limit_ends_with_an_error_and_the_others_go_on()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE STREAM s (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');
            CREATE TABLE many AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            CREATE STREAM copy AS SELECT id, a FROM s;
            """, new() { Clock = SqlClock.Stream, MaxStateBytes = 100_000 });

        var error = Assert.Throws<SqlException>(() =>
        {
            for (var n = 0; n < 2_000; n++)
                sql.Send("s", """{"a": 1}""", n, $"key {n}");
        });

        Assert.Equal("SQL0303", error.Code);
        Assert.Contains("CTAS_MANY_0", error.Problem);
        Assert.Contains("CSAS_COPY_1", sql.Engine.Metrics().Keys);
        Assert.Equal(0, sql.Engine.StateBytes()["CTAS_MANY_0"]);
    }
}
