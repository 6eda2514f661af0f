using System.Diagnostics.Metrics;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Counters of the queries for <c>/metrics</c>, read from the engine at each scrape.</summary>
internal sealed class QueryMeter : IDisposable
{
    private const string BaseName = "SockSort.Sql";

    // A scrape reads each instrument; within this time all of them use one snapshot of the engine.
    private static readonly TimeSpan SnapshotLifetime = TimeSpan.FromMilliseconds(200);

    private static int _meters = -1;

    private readonly Meter _meter = new(NextName());
    private readonly SqlEngine _engine;
    private readonly TimeProvider _time;
    private EngineSnapshot? _latest;
    private long _takenAt;

    public QueryMeter(SqlEngine engine, TimeProvider time)
    {
        (_engine, _time) = (engine, time);
        Count("socksort.query.records.in", "records that the query has read", query => query.Metrics.Read);
        Count("socksort.query.rows.out", "rows that it has written", query => query.Metrics.Written);
        Count("socksort.query.records.late", "records whose window was closed already", query => query.Metrics.Late);
        Count("socksort.query.records.skipped", "records that could not be read or "
            + "worked on, and were dropped", query => query.Metrics.Skipped);
        Count("socksort.query.records.missed", "records that retention removed from a topic before "
            + "the query had read them", query => query.Metrics.Missed);
        Count("socksort.query.expression.errors", "values that could not be worked out, and are NULL", query =>
            query.Metrics.Expressions.Count);
        Gauge("socksort.query.lag", "records in its topics that it has not read yet", query => query.Lag());
        Gauge("socksort.query.state.bytes", "what it remembers, estimated", query => query.StateBytes);
        Gauge("socksort.query.in.error", "1 where an error has ended it or keeps it from going on", query =>
            query.State == QueryState.Error ? 1 : 0);
        _meter.CreateObservableGauge(
            "socksort.query.last.error", LastErrors, unit: null,
            "when its newest error was, in seconds since 1970; DESCRIBE … EXTENDED has its text");
        _meter.CreateObservableGauge(
            "socksort.push.queries", () => Snapshot().Queries.Count(query => query.Sink is null), unit: null, "clients' queries that run");
        _meter.CreateObservableGauge(
            "socksort.log.in.trouble", () => Snapshot().Trouble is null ? 0 : 1, unit: null, "1 while the log cannot be written or read");
        _meter.CreateObservableGauge(
            "socksort.pull.bytes", () => engine.PullBytes, unit: null, "rows that are kept for pull queries, estimated");
        _meter.CreateObservableCounter(
            "socksort.push.slow.clients", () => engine.SlowClientsEnded, unit: null,
            "push queries ended since their clients read too slowly");
    }

    /// <summary>The meter's name, which is unique in the process.</summary>
    public string Name => _meter.Name;

    public void Dispose() => _meter.Dispose();

    private static string NextName() => Interlocked.Increment(ref _meters) is > 0 and var number ? $"{BaseName}.{number}" : BaseName;

    private void Count(string name, string description, Func<QueryInfo, long> value) =>
        _meter.CreateObservableCounter(name, () => Measure(value), unit: null, description);

    private void Gauge(string name, string description, Func<QueryInfo, long> value) =>
        _meter.CreateObservableGauge(name, () => Measure(value), unit: null, description);

    private IEnumerable<Measurement<long>> Measure(Func<QueryInfo, long> value) =>
        Persistent.Select(query => Measurement(query, value(query)));

    private IEnumerable<Measurement<long>> LastErrors() =>
        Persistent.Where(query => query.LastErrorAt is not null)
            .Select(query => Measurement(query, query.LastErrorAt!.Value.ToUnixTimeSeconds()));

    /// <summary>
    /// The queries with a sink. OpenTelemetry keeps every label that was ever used, so labels of clients' queries would accumulate without
    /// end.
    /// </summary>
    private IEnumerable<QueryInfo> Persistent => Snapshot().Queries.Where(query => query.Sink is not null);

    private static Measurement<long> Measurement(QueryInfo query, long value) =>
        new(value, new("query", query.Id), new("sink", query.Sink));

    private EngineSnapshot Snapshot()
    {
        if (_latest is null || _time.GetElapsedTime(_takenAt) > SnapshotLifetime)
            (_latest, _takenAt) = (_engine.Snapshot(), _time.GetTimestamp());
        return _latest;
    }
}
