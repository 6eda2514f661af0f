using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Commands;

/// <summary>
/// What a start does to connectors, and through them to brokers: what a broker keeps for one that goes on must not be lost.
/// </summary>
public class KeptConnectorsTests
{
    private const string A = "WITH ('connector.class'='m', 'mqtt.topics'='a')";
    private const string B = "WITH ('connector.class'='m', 'mqtt.topics'='b')";
    private const string Replace = $"DROP CONNECTOR IF EXISTS c; CREATE SOURCE CONNECTOR c {B};";

    private readonly MemoryLog _topics = new();
    private readonly List<string> _passedOver = [];

    [Theory]
    [InlineData($"CREATE SOURCE CONNECTOR c {A};", "restore C")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR c;", "")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR c; CREATE SOURCE CONNECTOR c {A};", "restore C")]
    [InlineData(
        $"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR IF EXISTS c; DROP CONNECTOR IF EXISTS c; CREATE SOURCE CONNECTOR c {A};",
        "restore C")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; CREATE SOURCE CONNECTOR IF NOT EXISTS c {B};", "restore C")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; CREATE SOURCE CONNECTOR `c` {B}; DROP CONNECTOR C;", "restore c")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; PAUSE CONNECTOR c;", "restore C paused")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; PAUSE CONNECTOR c; RESTART CONNECTOR c;", "restore C paused")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; PAUSE CONNECTOR c; RESUME CONNECTOR c;", "restore C")]
    [InlineData($"CREATE SOURCE CONNECTOR c {A}; PAUSE CONNECTOR c; DROP CONNECTOR c; CREATE SOURCE CONNECTOR c {A};", "restore C")]
    public async Task A_start_touches_each_connector_that_is_left_once(string earlier, string touched)
    {
        _ = await StartAsync(then: commands => RunAsync(commands, earlier));

        var start = await StartAsync();

        Assert.Equal(touched, string.Join(", ", start.Calls));
    }

    [Fact]
    public async Task The_settings_that_come_back_are_those_of_the_last_one()
    {
        _ = await StartAsync(
            then: commands => RunAsync(commands, $"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR c; CREATE SOURCE CONNECTOR c {B};"));

        var start = await StartAsync();

        Assert.Equal("b", start.Made["C"]["mqtt.topics"]);
    }

    [Fact]
    public async Task A_statement_that_changed_nothing_is_not_kept()
    {
        _ = await StartAsync(then: commands => RunAsync(commands,
            $"CREATE SOURCE CONNECTOR c {A}; CREATE SOURCE CONNECTOR IF NOT EXISTS c {B}; DROP CONNECTOR IF EXISTS d; PAUSE CONNECTOR IF "
                + "EXISTS d; RESTART CONNECTOR c;"));

        Assert.Equal(1, _topics.EndOffset(CommandLog.Topic, 0));
    }

    [Fact]
    public async Task A_queries_file_that_drops_and_creates_the_same_connector_leaves_it_alone()
    {
        var first = await StartAsync(Replace);
        var second = await StartAsync(Replace);
        var reordered = await StartAsync(
            "drop connector if exists c; create source connector if not exists c with ('mqtt.topics'='b', 'connector.class'='m');");

        Assert.Equal(["create C"], first.Calls);
        Assert.Equal(["restore C"], second.Calls);
        Assert.Equal(["restore C"], reordered.Calls);
        Assert.Empty(_passedOver);
    }

    [Fact]
    public async Task A_queries_file_that_drops_and_creates_it_with_other_settings_replaces_it()
    {
        _ = await StartAsync($"CREATE SOURCE CONNECTOR c {A};");

        var replaced = await StartAsync(Replace);
        var next = await StartAsync(Replace);

        // It is not ended: the new one goes on with what the broker keeps.
        Assert.Equal(["restore C", "drop C", "create C"], replaced.Calls);
        Assert.Equal("b", replaced.Made["C"]["mqtt.topics"]);
        Assert.Equal(["restore C"], next.Calls);
    }

    [Fact]
    public async Task Of_a_queries_file_that_makes_it_twice_the_last_one_counts_at_each_start()
    {
        const string Script = $"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR c; DEFINE n = 'c'; CREATE SOURCE CONNECTOR ${{n}} {B};";

        var first = await StartAsync(Script);
        var second = await StartAsync(Script);

        Assert.Equal(["create C"], first.Calls);
        Assert.Equal("b", first.Made["C"]["mqtt.topics"]);
        Assert.Equal(["restore C"], second.Calls);
    }

    [Fact]
    public async Task A_queries_file_that_only_drops_it_is_passed_over_there()
    {
        _ = await StartAsync($"CREATE SOURCE CONNECTOR c {A};");

        var start = await StartAsync($"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR c;");

        Assert.Equal(["restore C"], start.Calls);
        Assert.Equal(["q.sql:1:76"], _passedOver);
    }

    [Fact]
    public async Task A_queries_file_that_ends_in_a_mistake_has_run_what_stands_before_it()
    {
        var connectors = new FakeConnectors();

        _ = await Assert.ThrowsAsync<SqlException>(
            () => StartAsync($"CREATE SOURCE CONNECTOR c {A}; CREATE CONECTOR d;", connectors: connectors));

        Assert.Equal(["create C"], connectors.Calls);
    }

    [Fact]
    public async Task In_a_script_a_connector_that_is_made_again_goes_on_and_others_are_ended_at_its_end()
    {
        var connectors = new FakeConnectors();
        await using var engine = new SqlEngine(_topics, new() { Connectors = connectors });
        var session = new SqlSession { IsScript = true };
        foreach (var statement in Statements($"CREATE SOURCE CONNECTOR c {A}; CREATE SOURCE CONNECTOR d {A}; DROP CONNECTOR c; DROP "
            + $"CONNECTOR d; CREATE SOURCE CONNECTOR c {B};"))
            _ = await engine.ExecuteAsync(statement, session);
        var before = connectors.Calls.Count;

        _ = await engine.EndScriptAsync(session);
        _ = await engine.EndScriptAsync(session);

        Assert.Equal(["end D"], connectors.Calls.Skip(before));
        Assert.DoesNotContain("end C", connectors.Calls);
    }

    [Fact]
    public async Task Alone_a_connector_that_is_dropped_is_ended_at_once()
    {
        var connectors = await StartAsync(then: commands => RunAsync(commands, $"CREATE SOURCE CONNECTOR c {A}; DROP CONNECTOR c;"));

        Assert.Equal(["create C", "drop C", "end C"], connectors.Calls);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_not_done()
    {
        using var folder = new TempFolder();
        var connectors = new FakeConnectors();
        var log = SqliteLog.Open(folder.Path);
        await using var engine = new SqlEngine(log, new() { KeepsState = true, Connectors = connectors });
        var commands = new CommandLog(engine, log);
        await RunAsync(commands, $"CREATE SOURCE CONNECTOR c {A};");
        // As good as a full disk: nothing more can be written.
        await log.DisposeAsync();

        foreach (var statement in (string[])["DROP CONNECTOR c;", "PAUSE CONNECTOR c;", $"CREATE SOURCE CONNECTOR d {A};"])
            _ = await Assert.ThrowsAsync<LogException>(() => RunAsync(commands, statement));

        // The one that was made is taken back, and not ended: it may be made again.
        Assert.Equal(["create C", "create D", "drop D"], connectors.Calls);
    }

    private async Task<FakeConnectors> StartAsync(
        string script = "", Func<CommandLog, Task>? then = null, FakeConnectors? connectors = null)
    {
        connectors ??= new FakeConnectors();
        await using var engine = new SqlEngine(_topics, new() { KeepsState = true, Connectors = connectors });
        var commands = new CommandLog(engine, _topics);
        var (_, problems) = await commands.ReplayAsync(CancellationToken.None);
        Assert.Empty(problems);
        _ = await new QueriesFile(commands)
        {
            PassedOver = statement => _passedOver.Add(statement.Span.Place),
        }.ApplyAsync(new SourceText("q.sql", script), CancellationToken.None);
        if (then is not null)
            await then(commands);
        return connectors;
    }

    private static async Task RunAsync(CommandLog commands, string script)
    {
        foreach (var statement in Statements(script))
            _ = await commands.ExecuteAsync(statement, new SqlSession(), CancellationToken.None);
    }

    private static List<Statement> Statements(string script) => SqlParser.Parse(new SourceText("test", script));
}
