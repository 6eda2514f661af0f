using Microsoft.Extensions.Time.Testing;
using SockSort.Cli.Sql;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Topics;

namespace SockSort.Cli.Tests.Sql;

public sealed class EngineJournalTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MemoryTopics _topics = new();
    private readonly SqlEngine _engine;
    private readonly StringWriter _lines = new() { NewLine = "\n" };
    private readonly EngineJournal _journal;

    public EngineJournalTests()
    {
        _engine = new SqlEngine(_topics, new() { KeepsState = true, Clock = SqlClock.Stream });
        _journal = new(_engine.Snapshot, _lines, _time);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_bad_record_is_told_with_its_place_and_others_not_within_a_minute()
    {
        await RunAsync("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");

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
        Assert.Matches(@"^2026-01-02T03:04:05Z query CSAS_Q_0: .*s.*1.* \(1 records skipped since the start\)$", lines[0]);
        Assert.Matches(@"^2026-01-02T03:05:05Z query CSAS_Q_0: .*s.*2.* \(2 records skipped since the start\)$", lines[1]);
    }

    [Fact]
    public async Task A_query_that_pauses_and_goes_on_is_told()
    {
        await RunAsync("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");

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
        await RunAsync("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");
        StorageTrouble? trouble = new("the disk is full", _time.GetUtcNow());
        var journal = new EngineJournal(() => Now(trouble), _lines, _time);

        journal.Look();
        journal.Look();
        trouble = null;
        journal.Look();

        Assert.Equal(
            "2026-01-02T03:04:05Z the log: the disk is full; no query goes on, tried again each second\n2026-01-02T03:04:05Z the log can be written and read again\n",
            _lines.ToString());
    }

    private EngineSnapshot Now(StorageTrouble? trouble)
    {
        var now = _engine.Snapshot();
        return now with
        {
            Trouble = trouble,
            Queries = [.. now.Queries.Select(query => query with { State = trouble is null ? query.State : QueryState.Error, LastError = trouble?.Problem })],
        };
    }

    private void Send(params string[] values)
    {
        _ = _topics.Append("s", 0, [.. values.Select(value => new NewRecord(0, null, System.Text.Encoding.UTF8.GetBytes(value), NewRecord.NoHeaders))]);
        _engine.RunUntilIdle();
    }

    private async Task RunAsync(string script)
    {
        foreach (var statement in SqlParser.Parse(new SourceText("test", script)))
            _ = await _engine.ExecuteAsync(statement, new SqlSession());
    }
}
