using System.Collections.Concurrent;

namespace SockSort.Mqtt.Publishing;

/// <summary>The topics that a broker refuses, each told of once, until it is taken. Thread-safe.</summary>
internal sealed class RefusedTopics
{
    private readonly ConcurrentDictionary<(string Topic, bool IsWill), RefusedTopic> _refused = [];
    private readonly Lock _adding = new();

    /// <summary>Raised for a topic that was not refused before, and where the broker's code has become another.</summary>
    public event Action<RefusedTopic>? Added;

    public IReadOnlyList<RefusedTopic> All => [.. _refused.Values];

    public bool Has(string topic, bool isWill = false) => _refused.ContainsKey((topic, isWill));

    public void Add(string topic, MqttException reason, bool isWill = false)
    {
        var added = new RefusedTopic(topic, isWill, reason.ReasonCode, reason.Message);
        if (TryAdd(added))
            Added?.Invoke(added);
    }

    public void Remove(string topic, bool isWill = false) => _refused.TryRemove((topic, isWill), out _);

    /// <summary>Answers to several messages come at once: one of them is the first.</summary>
    private bool TryAdd(RefusedTopic added)
    {
        lock (_adding)
        {
            var isKnown = _refused.TryGetValue((added.Topic, added.IsWill), out var known);
            // A broker that closes the connection as well may do so before its code has come.
            if (isKnown && (added.ReasonCode is null || added.ReasonCode == known!.ReasonCode))
                return false;
            _refused[(added.Topic, added.IsWill)] = added;
            return true;
        }
    }
}
