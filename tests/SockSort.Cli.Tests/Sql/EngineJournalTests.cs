using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SockSort.Cli.Sql;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Sql;

public sealed class EngineJournalTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryLog _topics = new();
    private readonly SqlEngine _engine;
    private readonly StringWriter _lines = new() { NewLine = "\n" };
    private readonly EngineJournal _journal;

    public EngineJournalTests()
    {
        _engine = new SqlEngine(_topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        _journal = new(_engine.Snapshot, new ConnectorJournal(() => [], _lines, _time), _lines, _time);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_bad_record_is_told_with_its_place_and_others_not_within_a_minute()
    {
        await RunAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");

        _journal.Look();
        Send("""{"a": 1}""", "{");
        _journal.Look();
        Send("[");
        _journal.Look();
        _time.Advance(TimeSpan.FromMinutes(1));
        _journal.Look();
        _journal.Look();

        var lines = _lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^2026-01-02T03:04:05Z query CSAS_Q_0: .*s.*1.* \(1 records skipped, 0 missed since the start\)$", lines[0]);
        Assert.Matches(@"^2026-01-02T03:05:05Z query CSAS_Q_0: .*s.*2.* \(2 records skipped, 0 missed since the start\)$", lines[1]);
    }

    [Fact]
    public async Task A_query_that_pauses_and_goes_on_is_told()
    {
        await RunAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");

        await RunAsync("PAUSE CSAS_Q_0;");
        _journal.Look();
        _journal.Look();
        await RunAsync("RESUME CSAS_Q_0;");
        _journal.Look();

        Assert.Equal("2026-01-02T03:04:05Z query CSAS_Q_0: PAUSED\n2026-01-02T03:04:05Z query CSAS_Q_0: RUNNING\n", _lines.ToString());
    }

    [Fact]
    public async Task A_full_disk_is_told_once_for_all_queries_and_when_it_is_over()
    {
        using var folder = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(folder.File("data"), "8m");
        await using var server = SocksortProcess.Start(["server", "--listen", "http://127.0.0.1:0", "--data", folder.File("data")]);
        using var client = new HttpClient { BaseAddress = new((await server.LineAsync(@"listening on (http://\S+);")).Groups[1].Value) };
        await PostAsync(
            client,
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s; CREATE "
                + "STREAM r AS SELECT a FROM s;");

        disk.Fill();
        await PostAsync(client, "CREATE STREAM t AS SELECT a FROM s;");
        _ = await server.LineAsync("Z the log: .*the disk is full.*; no query goes on, tried again each second");
        disk.Free();
        _ = await server.LineAsync("Z the log can be written and read again");
        await PostAsync(client, "PAUSE CSAS_Q_0;");
        _ = await server.LineAsync("Z query CSAS_Q_0: PAUSED");

        Assert.Equal(3, server.Output.Split('\n').Count(line => line.Contains("Z ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_ends_nothing()
    {
        await RunAsync("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a "
            + "FROM s; PAUSE CSAS_Q_0;");
        var file = new StreamWriter("/dev/full") { AutoFlush = true };

        new EngineJournal(_engine.Snapshot, new ConnectorJournal(() => [], file, _time), file, _time).Look();

        Assert.Equal(QueryState.Paused, Assert.Single(_engine.Snapshot().Queries).State);
    }

    private static async Task PostAsync(HttpClient client, string statements)
    {
        using var body = new StringContent(new JsonObject { ["ksql"] = statements }.ToJsonString());
        using var answer = await client.PostAsync("/ksql", body);
    }

    private void Send(params string[] values)
    {
        _ = _topics.Append("s", [.. values.Select(value => NewRecord.Of(0, null, System.Text.Encoding.UTF8.GetBytes(value)))]);
        _engine.RunUntilIdle();
    }

    private async Task RunAsync(string script)
    {
        foreach (var statement in SqlParser.Parse(new SourceText("test", script)))
            _ = await _engine.ExecuteAsync(statement, new SqlSession());
    }
}
