using MQTTnet;
using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>The newest retained message of each topic. Thread-safe.</summary>
/// <param name="journal">Keeps them over a restart; null = nothing does.</param>
internal sealed class RetainedMessages(BrokerOptions options, StateJournal? journal)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RetainedMessage> _byTopic = new(StringComparer.Ordinal);
    private long _bytes;

    // Of all topics; made again at the first subscription after a topic has come or gone.
    private RetainedMessage[]? _all;

    public int Count
    {
        get
        {
            lock (_gate)
                return _byTopic.Count;
        }
    }

    /// <summary>Takes the place of the topic's message; one without a payload removes it [MQTT-3.3.1-6].</summary>
    /// <returns>False where there is no room for it: the topic's earlier one, if any, is removed, being out of date.</returns>
    public bool Set(BrokerMessage message)
    {
        lock (_gate)
        {
            var isKept = Take(message);
            journal?.Add(new RetainedSet(message.Topic, isKept ? message : null));
            return isKept || message.Payload.Length == 0;
        }
    }

    /// <summary>Takes those of an earlier start, as far as there is room.</summary>
    public void Restore(IEnumerable<BrokerMessage> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
                _ = Take(message);
        }
    }

    /// <summary>The messages of a new subscription, as they are now; each is looked at again when its turn to be sent comes.</summary>
    public RetainedMessage[] Matching(string filter)
    {
        RetainedMessage[] all;
        lock (_gate)
        {
            if (!TopicSyntax.HasWildcard(filter))
                return _byTopic.TryGetValue(filter, out var one) ? [one] : [];
            all = _all ??= [.. _byTopic.Values];
        }
        return Array.FindAll(all, held => held.Message is { } message && Matches(message.Topic, filter));
    }

    private static bool Matches(string topic, string filter) =>
        MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch;

    private bool Take(BrokerMessage message)
    {
        var held = _byTopic.GetValueOrDefault(message.Topic);
        if (message.Payload.Length == 0 || !HasRoom(message, held))
        {
            Remove(message.Topic, held);
            return false;
        }
        _bytes += message.Bytes - (held?.Message?.Bytes ?? 0);
        if (held is null)
        {
            _byTopic.Add(message.Topic, held = new RetainedMessage());
            _all = null;
        }
        held.Message = message;
        return true;
    }

    private bool HasRoom(BrokerMessage message, RetainedMessage? held) =>
        (held is not null || _byTopic.Count < options.MaxRetainedMessages)
        && _bytes + message.Bytes - (held?.Message?.Bytes ?? 0) <= options.MaxRetainedBytes;

    private void Remove(string topic, RetainedMessage? held)
    {
        if (held is null)
            return;
        _bytes -= held.Message?.Bytes ?? 0;
        held.Message = null;
        _ = _byTopic.Remove(topic);
        _all = null;
    }
}
