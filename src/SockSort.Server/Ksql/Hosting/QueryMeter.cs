using System.Diagnostics.Metrics;
using SockSort.Sql.Engine;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Counters of the queries, for <c>/metrics</c>: read from the engine when somebody asks.</summary>
internal sealed class QueryMeter : IDisposable
{
    public const string Name = "SockSort.Sql";

    private readonly Meter _meter = new(Name);
    private readonly SqlEngine _engine;

    public QueryMeter(SqlEngine engine)
    {
        _engine = engine;
        Count("socksort.query.records.in", "records that the query has read", query => query.Metrics.Read);
        Count("socksort.query.rows.out", "rows that it has written, or sent to its client", query => query.Metrics.Written);
        Count("socksort.query.records.late", "records whose window was closed already", query => query.Metrics.Late);
        Count("socksort.query.records.skipped", "records that could not be read or worked on", query => query.Metrics.Skipped);
        Count("socksort.query.records.missed", "records that retention removed from a topic before the query had read them", query => query.Metrics.Missed);
        Count("socksort.query.expression.errors", "values that could not be worked out, and are NULL", query => query.Metrics.Expressions.Count);
        Gauge("socksort.query.lag", "records in its topics that it has not read yet", query => query.Lag());
        Gauge("socksort.query.state.bytes", "what it remembers, estimated", query => query.StateBytes);
        Gauge("socksort.query.in.error", "1 where an error has ended it", query => query.State == QueryState.Error ? 1 : 0);
    }

    public void Dispose() => _meter.Dispose();

    private void Count(string name, string description, Func<QueryInfo, long> value) =>
        _meter.CreateObservableCounter(name, () => Measure(value), unit: null, description);

    private void Gauge(string name, string description, Func<QueryInfo, long> value) =>
        _meter.CreateObservableGauge(name, () => Measure(value), unit: null, description);

    private IEnumerable<Measurement<long>> Measure(Func<QueryInfo, long> value) =>
        _engine.Snapshot().Queries.Select(query => new Measurement<long>(value(query),
            new("query", query.Id), new("sink", query.Sink ?? ""), new("kind", query.Sink is null ? "push" : "persistent")));
}
