using System.Text;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Commands;

/// <summary>A script that is applied at each start.</summary>
public class QueriesFileTests
{
    private const string Stream = "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);";

    private readonly MemoryLog _topics = new();
    private FakeConnectors _connectors = new();
    private readonly List<string> _passedOver = [];

    [Fact]
    public async Task Rows_that_stand_in_it_twice_are_inserted_twice_and_never_again()
    {
        const string Script = Stream + "INSERT INTO s VALUES (1); INSERT INTO s VALUES (1); INSERT INTO s VALUES (2);";

        var first = await StartAsync(Script);
        var second = await StartAsync(Script);

        Assert.Equal((4, 0), first);
        Assert.Equal((0, 4), second);
        Assert.Equal(["""{"A":1}""", """{"A":1}""", """{"A":2}"""], Values("s"));
    }

    [Fact]
    public async Task What_makes_nothing_is_passed_over_and_told()
    {
        var applied = await StartAsync(
            Stream + "SELECT a FROM s EMIT CHANGES; DROP STREAM s; SHOW STREAMS; CREATE STREAM q AS SELECT a FROM s;");

        Assert.Equal((2, 0), applied);
        Assert.Equal(["q.sql:1:83", "q.sql:1:113", "q.sql:1:128"], _passedOver);
    }

    [Fact]
    public async Task A_type_or_connector_that_was_dropped_meanwhile_is_made_again()
    {
        const string Script = "CREATE TYPE price AS DECIMAL(8, 2); CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');";
        _ = await StartAsync(Script);
        _ = await StartAsync("", async commands => await RunAsync(commands, "DROP TYPE price; DROP CONNECTOR c;"));

        var again = await StartAsync(Script);
        var unchanged = await StartAsync(Script);

        Assert.Equal((2, 0), again);
        Assert.Equal((0, 2), unchanged);
        _ = Assert.Single(_connectors.Made);
    }

    [Fact]
    public async Task Something_else_in_the_topic_of_statements_is_left_out_and_told()
    {
        _ = await StartAsync(Stream);
        foreach (var text in (string[])["null", "{}", "[1]", "no json"])
            _topics.Append(CommandLog.Topic, [NewRecord.Of(0, null, Encoding.UTF8.GetBytes(text))]);

        await using var engine = new SqlEngine(_topics, new() { KeepsState = true, Connectors = _connectors });
        var (statements, problems) = await new CommandLog(engine, _topics).ReplayAsync(CancellationToken.None);

        Assert.Equal((5, 4), (statements, problems.Count));
        Assert.All(problems, problem => Assert.StartsWith("a statement of an earlier run is left out", problem));
        Assert.NotNull(engine.Catalog.Find("S"));
    }

    [Fact]
    public async Task What_was_done_to_a_clients_own_query_is_not_kept()
    {
        _ = await StartAsync(Stream, async commands =>
        {
            _ = await RunAsync(commands, "SELECT a FROM s EMIT CHANGES;");
            _ = await RunAsync(commands, "PAUSE transient_S_0;");
        });

        await using var engine = new SqlEngine(_topics, new() { KeepsState = true });
        var (_, problems) = await new CommandLog(engine, _topics).ReplayAsync(CancellationToken.None);

        Assert.Empty(problems);
    }

    private async Task<(int Run, int Present)> StartAsync(string script, Func<CommandLog, Task>? then = null)
    {
        _connectors = new();
        await using var engine = new SqlEngine(_topics, new() { KeepsState = true, Connectors = _connectors });
        var commands = new CommandLog(engine, _topics);
        var (_, problems) = await commands.ReplayAsync(CancellationToken.None);
        Assert.Empty(problems);
        var file = new QueriesFile(commands) { PassedOver = statement => _passedOver.Add(statement.Span.Place) };
        var applied = await file.ApplyAsync(new SourceText("q.sql", script), CancellationToken.None);
        if (then is not null)
            await then(commands);
        return applied;
    }

    private static async Task<StatementResult?> RunAsync(CommandLog commands, string script)
    {
        StatementResult? last = null;
        foreach (var statement in SqlParser.Parse(new SourceText("test", script)))
            last = await commands.ExecuteAsync(statement, new SqlSession(), CancellationToken.None);
        return last;
    }

    private string[] Values(string topic) =>
        [.. _topics.Read(topic, 0, 0, 100).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span))];
}
