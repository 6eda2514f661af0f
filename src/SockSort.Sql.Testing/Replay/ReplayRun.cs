using System.Text.Json;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.Replay;

/// <summary>
/// Runs a script over recorded traces, without a log and by stream time: the same traces give the same results, at any speed.
/// </summary>
public sealed class ReplayRun : IAsyncDisposable
{
    private readonly MemoryLog _log = new();
    private readonly SqlEngine _engine;
    private readonly SqlSession _session = new();
    private readonly List<(string Topic, PushQuery Query)> _pushed = [];
    private readonly List<QueryStatement> _pulls = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _sinks = [];

    public ReplayRun()
    {
        _engine = new(_log, new() { Clock = SqlClock.Stream, KeepsOneOrder = true });
        _session.SetProperty(EngineProperties.OffsetReset, "earliest");
    }

    /// <summary>The statements that were left out, and why.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The topics whose records <see cref="ResultsAsync"/> returns, in its order.</summary>
    public IReadOnlyList<string> OutputTopics =>
        [.. _sinks, .. _pushed.Select(pushed => pushed.Topic), .. _pulls.Select((_, i) => SelectName(_pushed.Count + i))];

    /// <summary>
    /// Runs the statements. Those about connectors, and PRINT, are left out with a note; queries without EMIT wait for the records.
    /// </summary>
    /// <exception cref="SqlException">A statement is wrong.</exception>
    public async Task DefineAsync(SourceText script, CancellationToken cancellation)
    {
        var parser = new SqlParser(script, _session.Variables);
        while (parser.Next() is { } statement)
            await DefineAsync(statement, cancellation);
    }

    /// <summary>Puts traces into their topics and lets all queries read them, oldest record first.</summary>
    /// <param name="traces">The traces by topic, or by the stream or table that reads it.</param>
    /// <exception cref="TraceException">There is no such topic, or a line does not fit its format.</exception>
    /// <exception cref="SqlException">A query failed on a record.</exception>
    public void Feed(IEnumerable<(string Topic, Trace Trace)> traces)
    {
        foreach (var (name, trace) in traces)
        {
            var source = Source(name);
            _ = _log.Append(source.Topic, [.. trace.Lines.Select(line => Record(trace, line, source))]);
        }
        _engine.RunUntilIdle();
    }

    /// <summary>
    /// Returns what the queries wrote, topic by topic in the order of the script; then the rows of its SELECTs under the names <c>(select
    /// 1)</c> and so on.
    /// </summary>
    /// <exception cref="SqlException">A query without EMIT is wrong.</exception>
    public async Task<IReadOnlyList<ReplayOutput>> ResultsAsync(CancellationToken cancellation)
    {
        var outputs = new List<ReplayOutput>();
        foreach (var topic in _sinks)
        {
            var source = _engine.Catalog.Sources.FirstOrDefault(source => source.Topic == topic);
            outputs.AddRange(_log.Read(topic, 0, 0, int.MaxValue).Select(record => ReplayOutput.Of(topic, record, source)));
        }
        foreach (var (topic, query) in _pushed)
        {
            while (query.TryRead(out var row))
                outputs.Add(ReplayOutput.Of(topic, query.Columns, row!.Values, row.IsTombstone));
        }
        for (var i = 0; i < _pulls.Count; i++)
        {
            if (await _engine.ExecuteAsync(_pulls[i], _session, cancellation) is RowsResult rows)
                outputs.AddRange(
                    rows.Rows.Select(row => ReplayOutput.Of(SelectName(_pushed.Count + i), rows.Columns, row, isTombstone: false)));
        }
        return outputs;
    }

    /// <summary>Counts records that queries could not read, or that came too late: one line for each query that had any.</summary>
    public IEnumerable<string> Losses() => _engine.Metrics()
        .Where(pair => pair.Value.Skipped + pair.Value.Late > 0)
        .Select(
            pair =>
                $"{pair.Key}: {pair.Value.Skipped} records skipped, {pair.Value.Late} too "
                    + $"late{(pair.Value.LastError is { } error ? $"; {error}" : "")}");

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task DefineAsync(Statement statement, CancellationToken cancellation)
    {
        switch (statement)
        {
            case CreateConnector or DropConnector or ControlConnector or PrintTopic or ListStatement or DescribeStatement or AssertTopic:
                var (line, _) = statement.Span.Source!.PositionOf(statement.Span.Start);
                _notes.Add($"{statement.Span.Source.Name}:{line}: left out in replay: {FirstLine(statement.Span.Shown)}");
                break;
            case QueryStatement { Query.Emit: null } pull:
                _pulls.Add(pull);
                break;
            default:
                Keep(statement, await _engine.ExecuteAsync(statement, _session, cancellation));
                break;
        }
    }

    private void Keep(Statement statement, StatementResult result)
    {
        if (result is PushResult push)
            _pushed.Add((SelectName(_pushed.Count), push.Query));
        var sink = statement switch
        {
            CreateAsSelect create => create.Name,
            InsertSelect insert => insert.Target,
            _ => null,
        };
        if (sink is not null && _engine.Catalog.Find(sink) is { } source && !_sinks.Contains(source.Topic))
            _sinks.Add(source.Topic);
    }

    private DataSource Source(string name) =>
        _engine.Catalog.Sources.FirstOrDefault(source => source.Topic == name)
        ?? _engine.Catalog.Sources.FirstOrDefault(source => string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new TraceException($"no stream or table of the script reads a topic '{name}'; "
            + (Names.DidYouMean(name, Topics()) ?? $"topics: {string.Join(", ", Topics())}"));

    private IEnumerable<string> Topics() => _engine.Catalog.Sources.Select(source => source.Topic).Distinct();

    private static NewRecord Record(Trace trace, TraceLine line, DataSource source)
    {
        try
        {
            return RecordCodec.ToRecord(TraceValues.Unpacked(line.Node, source), source);
        }
        catch (Exception error) when (error
            is FormatException or OverflowException or InvalidOperationException or KeyNotFoundException or JsonException)
        {
            throw new TraceException(
                $"{trace.Name}:{line.Number}: does not fit topic '{source.Topic}' ({source.KeyFormat.Name} keys, "
                    + $"{source.ValueFormat.Name} values): {error.Message}",
                error);
        }
    }

    private static string SelectName(int number) => $"(select {number + 1})";

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('\r', ' ');
}
