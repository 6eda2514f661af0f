using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Connectors;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Counters and states of the connectors for <c>/metrics</c>, read at each scrape.</summary>
internal sealed class ConnectorMeter : IDisposable
{
    // The names of the connectors' counts in the engine.
    private static readonly (string Count, string Description)[] Counters =
    [
        ("received", "messages taken from the broker"),
        ("stored", "messages that the log has on disk"),
        ("redelivered", "messages that the broker may have sent before: each may stand in the log twice"),
        ("doubles", "messages that the log had already, by their fields camera, run and seq, not stored once more"),
        ("too large", "messages over the limit, skipped"),
        ("dead letters", "messages that could not be stored as they were, told of in the topic of dead letters"),
        ("foreign", "messages of filters that the connector no longer has, not stored"),
        ("dropped", "messages taken that could not be stored before the connector was stopped, and do not come again"),
        ("broker dropped", "messages that the broker says it has dropped since its own start, for all its clients"),
        ("reconnects", "connections made after the first"),
    ];

    private readonly Meter _meter;
    private readonly SqlEngine _engine;

    // OpenTelemetry would keep the last value of a dropped connector forever, so it is reported as not running.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <param name="engine">The engine whose connectors are counted.</param>
    /// <param name="name">The meter's name, which must be unique in the process.</param>
    public ConnectorMeter(SqlEngine engine, string name)
    {
        (_engine, _meter) = (engine, new Meter(name));
        foreach (var (count, description) in Counters)
            _meter.CreateObservableCounter($"socksort.connector.{count.Replace(' ', '.')}", () => Counts(count), unit: null, description);
        _meter.CreateObservableGauge("socksort.connector.running", Running, unit: null, "1 where the connector gets and stores messages");
        _meter.CreateObservableGauge(
            "socksort.connector.state", States, unit: null, "1 for the state in which the connector is, 0 for the others");
    }

    public string Name => _meter.Name;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Counts(string name) =>
        from connector in _engine.Connectors
        from count in connector.Counts
        where count.Name == name && count.Value is not null
        select new Measurement<long>(count.Value ?? 0, Tag(connector.Name));

    private IEnumerable<Measurement<long>> Running() =>
        StatesNow().Select(connector => new Measurement<long>(connector.Value == ConnectorInfo.Running ? 1 : 0, Tag(connector.Key)));

    private IEnumerable<Measurement<long>> States() =>
        from connector in StatesNow()
        from state in ConnectorInfo.States
        select new Measurement<long>(connector.Value == state ? 1 : 0, Tag(connector.Key), new("state", state));

    private Dictionary<string, string> StatesNow()
    {
        var states = _engine.Connectors.ToDictionary(connector => connector.Name, connector => connector.State);
        foreach (var name in states.Keys)
            _seen[name] = true;
        foreach (var gone in _seen.Keys.Where(name => !states.ContainsKey(name)).ToList())
            states[gone] = "";
        return states;
    }

    private static KeyValuePair<string, object?> Tag(string connector) => new("connector", connector);
}
