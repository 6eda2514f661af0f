using System.Collections.Concurrent;

namespace SockSort.Mqtt.Connections.Opening;

/// <summary>
/// Which brokers of this process's time have turned out to speak an older version than 5, so that not each connection asks anew. A broker
/// may be replaced by a newer one: what is known is forgotten after an hour. Thread-safe.
/// </summary>
internal sealed class KnownVersions(TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string, int, bool), (MqttVersion Version, long At)> _known = [];

    public static KnownVersions Shared { get; } = new(TimeProvider.System);

    /// <summary>The version that a broker was last spoken to in; null where nothing is known.</summary>
    public MqttVersion? Find(MqttEndpoint broker) =>
        _known.TryGetValue(Key(broker), out var entry) && clock.GetElapsedTime(entry.At) < Lasts ? entry.Version : null;

    /// <param name="version">That the broker speaks; 5 needs no memory, as it is asked for first.</param>
    public void Learn(MqttEndpoint broker, MqttVersion version)
    {
        if (version == MqttVersion.V5)
            _ = _known.TryRemove(Key(broker), out _);
        // Its time runs from when it was learnt: begun anew by each use, it would have no end.
        else if (Find(broker) != version)
            _known[Key(broker)] = (version, clock.GetTimestamp());
    }

    private static (string, int, bool) Key(MqttEndpoint broker) => (broker.Host.ToLowerInvariant(), broker.Port, broker.Tls);
}
