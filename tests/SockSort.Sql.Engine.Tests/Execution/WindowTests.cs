using SockSort.Sql.Engine.Results;

namespace SockSort.Sql.Engine.Tests.Execution;

public class WindowTests
{
    private const string Stream = "CREATE STREAM found (sock STRING) WITH (KAFKA_TOPIC = 'found', VALUE_FORMAT = 'JSON');";

    private static string Sock(string name) => $$"""{"sock": "{{name}}"}""";

    [Fact]
    public async Task A_row_that_no_longer_passes_HAVING_leaves_as_a_tombstone()
    {
        await using var sql = await SqlHost.StartAsync("""
            CREATE STREAM test (name STRING, amount BIGINT) WITH (KAFKA_TOPIC = 'test', VALUE_FORMAT = 'JSON');
            CREATE TABLE t WITH (KEY_FORMAT = 'JSON') AS SELECT name, SUM(amount) AS total FROM test GROUP BY name HAVING SUM(amount) > 100;
            """);

        sql.Send("test", """{"name": "a", "amount": 101}""");
        sql.Send("test", """{"name": "a", "amount": -5}""");
        sql.Send("test", """{"name": "a", "amount": -5}""");

        Assert.Equal(["""{"TOTAL":101}""", "null"], sql.Values("T"));
    }

    [Fact]
    public async Task A_record_for_a_window_that_is_closed_is_counted_as_late()
    {
        await using var sql = await SqlHost.StartAsync(Stream + """
            CREATE TABLE n AS SELECT sock, COUNT(*) AS n FROM found WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 1 SECOND) GROUP BY sock;
            """);

        sql.Send("found", Sock("dots"), 1_000);
        sql.Send("found", Sock("dots"), 6_000);
        sql.Send("found", Sock("dots"), 2_000);
        sql.Send("found", Sock("dots"), 5_500);

        Assert.Equal(["""{"N":1}""", """{"N":1}""", """{"N":2}"""], sql.Values("N"));
        Assert.Equal(1, sql.Engine.Metrics()["CTAS_N_0"].Late);
    }

    [Fact]
    public async Task EMIT_FINAL_gives_one_row_when_the_window_closes()
    {
        await using var sql = await SqlHost.StartAsync(Stream + """
            CREATE TABLE n AS SELECT sock, COUNT(*) AS n FROM found
              WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 0 SECONDS) GROUP BY sock EMIT FINAL;
            """);

        sql.Send("found", Sock("dots"), 1_000);
        sql.Send("found", Sock("dots"), 2_000);
        sql.Send("found", Sock("dots"), 5_000);

        Assert.Equal(["""{"N":2}"""], sql.Values("N"));
    }

    [Fact]
    public async Task A_hopping_window_counts_a_record_in_each_window_that_holds_it()
    {
        await using var sql = await SqlHost.StartAsync(Stream + """
            SELECT sock, WINDOWSTART, WINDOWEND, COUNT(*) AS n FROM found
              WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS) GROUP BY sock EMIT CHANGES;
            """);

        sql.Send("found", Sock("dots"), 12_000);

        Assert.Equal(["dots,5000,15000,1", "dots,10000,20000,1"], sql.Rows());
    }

    [Fact]
    public async Task A_pull_query_gives_the_newest_row_of_each_key()
    {
        await using var sql = await SqlHost.StartAsync(Stream + "CREATE TABLE n AS SELECT sock, COUNT(*) AS n FROM found GROUP BY sock;");
        foreach (var name in (string[])["dots", "stripes", "dots"])
            sql.Send("found", Sock(name));

        await sql.RunAsync("SELECT * FROM n; SELECT n FROM n WHERE sock = 'dots';");

        var rows = sql.Results.OfType<RowsResult>()
            .Select(result => string.Join("; ", result.Rows.Select(row => string.Join(",", row))));
        Assert.Equal(["stripes,1; dots,2", "2"], rows.Select(text => text == "dots,2; stripes,1" ? "stripes,1; dots,2" : text));
    }

    [Fact]
    public async Task A_record_between_two_sessions_joins_them_and_earliest_goes_by_arrival_not_by_time()
    {
        await using var sql = await SqlHost.StartAsync(Stream + """
            SELECT EARLIEST_BY_OFFSET(sock) AS e, LATEST_BY_OFFSET(sock) AS l, COUNT(*) AS n FROM found
              WINDOW SESSION (5 SECONDS) GROUP BY 1 EMIT CHANGES;
            """);

        sql.Send("found", Sock("first"), 8_000);
        sql.Send("found", Sock("second"), 0);
        sql.Send("found", Sock("third"), 4_000);

        Assert.Equal(["first,first,1", "second,second,1", "gone: null,null,null", "gone: null,null,null", "first,third,3"], sql.Rows());
    }
}
