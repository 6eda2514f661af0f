using System.Diagnostics.Metrics;

namespace SockSort.Mqtt.Broker;

/// <summary>A broker's counts as metrics.</summary>
internal sealed class BrokerMeter : IDisposable
{
    private readonly Meter _meter = new(EmbeddedBroker.MeterName);

    public BrokerMeter(Func<BrokerCounts> counts)
    {
        Gauge("socksort.broker.connections", () => counts().Connections, "open connections");
        Gauge("socksort.broker.retained", () => counts().Retained, "retained messages");
        Counter("socksort.broker.received", () => counts().Received, "messages published to the broker");
        Counter("socksort.broker.redelivered", () => counts().Redelivered, "messages that their publisher may have sent before");
        Counter("socksort.broker.stored", () => counts().Stored, "completed stores");
        Counter("socksort.broker.store.failed", () => counts().StoreFailed, "failed stores; their publishers send again");
        Counter("socksort.broker.queue.dropped", () => counts().QueueDropped, "messages that slow subscribers have missed");
        Counter("socksort.broker.messages.slowed", () => counts().SlowedMessages, "messages after which their client was read more slowly");
        Counter("socksort.broker.connections.slowed", () => counts().SlowedConnections, "connections that had to wait");
        Counter("socksort.broker.expired", () => counts().Expired, "messages that expired before a subscriber took them");
        Counter("socksort.broker.too.large", () => counts().TooLargeForSubscriber, "messages larger than their subscriber takes");
        Counter("socksort.broker.retained.refused", () => counts().RetainedRefused, "messages not kept as retained ones, for want of room");
        Counter("socksort.broker.sessions.ended", () => counts().SessionsEnded, "sessions of absent clients ended to make room");
        Counter("socksort.broker.logins.refused", () => counts().RefusedConnections, "logins without or with wrong credentials");
        Counter("socksort.broker.connections.refused", () => counts().TooManyConnections, "connections closed, as there were too many");
        Counter("socksort.broker.connections.silent", () => counts().SilentConnections, "connections that did not log in in time");
        _ = _meter.CreateObservableCounter(
            "socksort.broker.refusals", () => Refusals(counts()), unit: null, "what clients did that is forbidden");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Refusals(BrokerCounts counts) =>
        counts.Refusals.Select(kind => new Measurement<long>(kind.Value, new KeyValuePair<string, object?>("rule", kind.Key)));

    private void Counter(string name, Func<long> value, string description) =>
        _meter.CreateObservableCounter(name, value, unit: null, description);

    private void Gauge(string name, Func<long> value, string description) =>
        _meter.CreateObservableGauge(name, value, unit: null, description);
}
