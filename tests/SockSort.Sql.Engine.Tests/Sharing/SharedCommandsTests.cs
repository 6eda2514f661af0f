using SockSort.Log;
using SockSort.Shared;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Sharing;

public sealed class SharedCommandsTests
{
    private const string Seen = "CREATE STREAM seen (id VARCHAR KEY, n INT) WITH (KAFKA_TOPIC='seen', VALUE_FORMAT='JSON', PARTITIONS=2);";

    [Fact]
    public async Task What_one_engine_is_told_the_other_one_does_under_the_same_name()
    {
        await using var pair = await SharedPair.StartAsync(Seen);
        _ = await pair.RunAsync(1, "INSERT INTO seen SELECT * FROM seen WHERE n > 5;");
        _ = await pair.RunAsync(0, "CREATE TABLE totals AS SELECT id, COUNT(*) AS c FROM seen GROUP BY id;");

        foreach (var engine in pair.Engines)
        {
            await Eventually.TrueAsync(() => engine.Snapshot().Queries.Count == 2, "both queries are there");
            Assert.Equal(["CTAS_TOTALS_2", "INSERTQUERY_1"], engine.Snapshot().Queries.Select(query => query.Id).Order());
        }
        _ = await pair.RunAsync(1, "DROP TABLE totals;");
        await Eventually.TrueAsync(() => pair.Engines[0].Snapshot().Queries.Count == 1, "it is gone");
    }

    [Fact]
    public async Task Of_two_statements_for_one_name_the_second_is_refused_and_later_starts_pass_it_over()
    {
        await using var pair = await SharedPair.StartAsync(Seen);
        var error = await Assert.ThrowsAsync<SqlException>(() => pair.RunAsync(
            1, "CREATE STREAM seen (id VARCHAR KEY) WITH (KAFKA_TOPIC='seen', VALUE_FORMAT='JSON');"));
        Assert.Contains("already exists", error.Message);

        await pair.AddAsync(new DealtShare());
        Assert.Empty(pair.Problems);
        Assert.Equal(2, pair.Engines[2].Snapshot().Source("SEEN")!.Schema.All.Count());
    }

    [Theory]
    [InlineData("CREATE STREAM other (id VARCHAR) WITH (KAFKA_TOPIC='no topic', VALUE_FORMAT='JSON', PARTITIONS=1);")]
    [InlineData("CREATE STREAM other (id VARCHAR) WITH (KAFKA_TOPIC='other', VALUE_FORMAT='JSON', PARTITIONS=1000000);")]
    public async Task What_the_log_refuses_for_good_is_refused_and_stops_no_later_statement_nor_a_start(string statement)
    {
        await using var pair = await SharedPair.StartAsync(Seen);

        _ = await Assert.ThrowsAnyAsync<ExpectedException>(() => pair.RunAsync(1, statement));
        _ = await pair.RunAsync(0, "CREATE TABLE totals AS SELECT id, COUNT(*) AS c FROM seen GROUP BY id;");

        foreach (var engine in pair.Engines)
            await Eventually.TrueAsync(() => engine.Snapshot().Source("TOTALS") is not null, "the next statement is carried out");
        await pair.AddAsync(new DealtShare());
        Assert.Null(pair.Engines[2].Snapshot().Source("OTHER"));
        Assert.NotNull(pair.Engines[2].Snapshot().Source("TOTALS"));
    }

    [Fact]
    public async Task A_record_of_another_program_stops_no_later_statement()
    {
        await using var pair = await SharedPair.StartAsync(Seen);
        _ = pair.Log.Append(CommandLog.Topic, [NewRecord.Of(0, null, "{]"u8.ToArray())]);

        _ = await pair.RunAsync(0, "CREATE TABLE totals AS SELECT id, COUNT(*) AS c FROM seen GROUP BY id;");

        Assert.NotNull(pair.Engines[0].Snapshot().Source("TOTALS"));
    }

    [Fact]
    public async Task Engines_that_are_started_with_one_script_make_once_what_it_asks_for()
    {
        await using var pair = await SharedPair.StartAsync("");
        var script = new SourceText("queries.ksql", Seen + """
            INSERT INTO seen SELECT * FROM seen WHERE n > 5;
            INSERT INTO seen (id, n) VALUES ('a', 1);
            CREATE TABLE totals AS SELECT id, COUNT(*) AS c FROM seen GROUP BY id;
            """);
        var passed = new List<Statement>();
        await Task.WhenAll(pair.Commands.Select(commands =>
            new QueriesFile(commands) { PassedOver = passed.Add }.ApplyAsync(script, CancellationToken.None)));

        foreach (var engine in pair.Engines)
            await Eventually.TrueAsync(() => engine.Snapshot().Queries.Count == 2, "two queries are there");
        Assert.All(passed, statement => Assert.IsType<InsertValues>(statement));
        Assert.Empty(pair.Log.Read("seen", 0, 0));
    }
}
