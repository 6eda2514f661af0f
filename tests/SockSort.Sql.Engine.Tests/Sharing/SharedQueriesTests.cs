using SockSort.Sql.Engine.Results;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Sharing;

public sealed class SharedQueriesTests
{
    private const string Seen =
        "CREATE STREAM seen (id VARCHAR KEY, kind VARCHAR) WITH (KAFKA_TOPIC='seen', VALUE_FORMAT='DELIMITED', PARTITIONS=2);";

    private const string Totals = Seen + "CREATE TABLE totals AS SELECT id, COUNT(*) AS n FROM seen GROUP BY id EMIT CHANGES;";

    [Fact]
    public async Task Each_engine_works_on_its_own_partitions_only()
    {
        await using var pair = await StartedAsync(Totals);
        pair.Shares[0].Give(0);
        pair.Send("seen", 0, "a", "x");
        pair.Send("seen", 1, "b", "x");

        pair.Work();
        Assert.Equal(["a:1"], pair.Rows("TOTALS"));

        pair.Shares[1].Give(1);
        pair.Work();
        Assert.Equal(["a:1", "b:1"], pair.Rows("TOTALS").Order());
        Assert.Equal(2, pair.Shares[0].Required);
    }

    [Fact]
    public async Task A_partition_that_goes_to_another_engine_takes_its_state_along()
    {
        await using var pair = await StartedAsync(Totals);
        pair.Shares[0].Give(0, 1);
        pair.Send("seen", 1, "b", "x");
        pair.Work();

        pair.Send("seen", 1, "b", "x");
        pair.Shares[0].Take(1);
        pair.Work();
        pair.Shares[0].Forget(1);
        pair.Shares[1].Give(1);
        pair.Send("seen", 1, "b", "x");
        pair.Work();

        Assert.Equal(["b:1", "b:2", "b:3"], pair.Rows("TOTALS"));
    }

    [Fact]
    public async Task What_an_engine_has_worked_on_that_lost_its_partition_is_not_stored_and_the_other_one_does_it_once()
    {
        await using var pair = await StartedAsync(Totals);
        pair.Shares[0].Give(0, 1);
        pair.Send("seen", 0, "a", "x");
        pair.Send("seen", 1, "b", "x");
        pair.Work();
        pair.Shares[0].Forget(1);

        pair.Send("seen", 0, "a", "x");
        pair.Send("seen", 1, "b", "x");
        pair.Engines[0].RunUntilIdle();
        Assert.Equal(["a:1", "b:1"], pair.Rows("TOTALS").Order());
        Assert.Contains("another one has the partition", pair.Engines[0].Snapshot().Trouble?.Problem);

        pair.Shares[0].Lose(1);
        pair.Shares[1].Give(1);
        await Eventually.TrueAsync(() => HasWorked(pair, 4), "all is written");
        Assert.Equal(["a:1", "a:2", "b:1", "b:2"], pair.Rows("TOTALS").Order());
    }

    [Fact]
    public async Task A_partition_is_not_begun_before_nothing_of_its_former_owner_is_on_its_way()
    {
        await using var pair = await StartedAsync(Totals);
        pair.Send("seen", 0, "a", "x");
        pair.Shares[0].AreSettled = false;
        pair.Shares[0].Give(0);
        pair.Work();
        Assert.Empty(pair.Rows("TOTALS"));

        pair.Shares[0].AreSettled = true;
        await Eventually.TrueAsync(() => HasWorked(pair, 1), "it is begun");
    }

    [Fact]
    public async Task Rows_of_a_group_meet_where_the_groups_partition_is()
    {
        await using var pair = await StartedAsync(
            Seen + "CREATE TABLE kinds AS SELECT kind, COUNT(*) AS n FROM seen GROUP BY kind EMIT CHANGES;");
        pair.Shares[0].Give(0);
        pair.Shares[1].Give(1);
        pair.Send("seen", 0, "a", "red");
        pair.Send("seen", 1, "b", "red");
        pair.Send("seen", 0, "c", "blue");
        pair.Work();

        Assert.Equal(["blue:1", "red:1", "red:2"], pair.Rows("KINDS").Order());
    }

    [Fact]
    public async Task A_tables_row_that_changes_its_group_leaves_the_one_and_enters_the_other()
    {
        const string Table =
            "CREATE TABLE homes (id VARCHAR PRIMARY KEY, town VARCHAR) WITH (KAFKA_TOPIC='homes', VALUE_FORMAT='DELIMITED', PARTITIONS=2);";
        await using var pair = await StartedAsync(
            Table + "CREATE TABLE towns AS SELECT town, COUNT(*) AS n FROM homes GROUP BY town EMIT CHANGES;");
        pair.Shares[0].Give(0);
        pair.Shares[1].Give(1);
        pair.Send("homes", 0, "a", "rome");
        pair.Work();
        pair.Send("homes", 1, "b", "rome");
        pair.Work();
        pair.Send("homes", 1, "b", "oslo");
        pair.Work();
        pair.Send("homes", 0, "a", "rome");
        pair.Work();

        Assert.Equal(["oslo:1", "rome:1", "rome:1", "rome:1", "rome:2"], pair.Rows("TOWNS").Order());
    }

    [Fact]
    public async Task A_pull_query_gives_the_rows_of_own_partitions_and_says_so()
    {
        await using var pair = await StartedAsync(Totals);
        pair.Shares[0].Give(0);
        pair.Shares[1].Give(1);
        pair.Send("seen", 0, "a", "x");
        pair.Send("seen", 1, "b", "x");
        pair.Work();

        var answers = new List<RowsResult>();
        foreach (var engine in (int[])[0, 1])
            answers.Add((RowsResult)await pair.RunAsync(engine, "SELECT id FROM totals;"));

        Assert.Equal(["a", "b"], answers.SelectMany(answer => answer.Rows).Select(row => (string)row[0]!).Order());
        Assert.Equal(
            ["rows of the partitions 0 of 2: ask the other servers of 'pair' for those of theirs",
             "rows of the partitions 1 of 2: ask the other servers of 'pair' for those of theirs"],
            answers.Select(answer => answer.Partitions?.Note));

        pair.Shares[1].Take(1);
        pair.Work();
        pair.Shares[0].Give(1);
        pair.Work();
        Assert.Null(((RowsResult)await pair.RunAsync(0, "SELECT id FROM totals;")).Partitions?.Note);
    }

    [Theory]
    [InlineData("CREATE OR REPLACE TABLE totals AS SELECT id, COUNT(*) AS n FROM seen GROUP BY id;", "SQL0354")]
    [InlineData("DROP TABLE totals DELETE TOPIC;", "SQL0355")]
    [InlineData("CREATE SINK CONNECTOR c WITH ('connector.class'='FileStreamSink');", "SQL0356")]
    [InlineData("CREATE STREAM j AS SELECT * FROM seen s JOIN kinds k ON s.kind = k.kind;", "SQL0353")]
    public async Task What_can_not_be_shared_is_refused(string statement, string code)
    {
        const string Kinds = "CREATE TABLE kinds (kind VARCHAR PRIMARY KEY, n INT) "
            + "WITH (KAFKA_TOPIC='kinds', VALUE_FORMAT='JSON', PARTITIONS=2);";
        await using var pair = await StartedAsync(Totals + Kinds);

        var error = await Assert.ThrowsAsync<SqlException>(() => pair.RunAsync(1, statement));
        Assert.Equal(code, error.Code);
        // Nothing is left of what was not made.
        Assert.Equal(["KINDS", "SEEN", "TOTALS"], pair.Engines[1].Snapshot().Sources.Select(source => source.Name).Order());
    }

    private static bool HasWorked(SharedPair pair, int rows)
    {
        pair.Work();
        return pair.Rows("TOTALS").Length == rows;
    }

    private static async Task<SharedPair> StartedAsync(string script)
    {
        var pair = await SharedPair.StartAsync(script);
        var first = NamesOf(pair.Engines[0]);
        await Eventually.TrueAsync(() => NamesOf(pair.Engines[1]).SequenceEqual(first), "the other one has followed");
        return pair;
    }

    private static string[] NamesOf(SqlEngine engine)
    {
        var snapshot = engine.Snapshot();
        return [.. snapshot.Sources.Select(source => source.Name).Concat(snapshot.Queries.Select(query => query.Id)).Order()];
    }
}
