using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>All that a broker keeps over its restarts, as its changes have made it. Not thread-safe.</summary>
internal sealed class KeptState
{
    private readonly Dictionary<string, BrokerMessage> _retained = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>The retained messages, one a topic.</summary>
    public IReadOnlyCollection<BrokerMessage> Retained => _retained.Values;

    public IReadOnlyCollection<KeptSession> Sessions => _sessions.Values;

    /// <summary>Takes a change; one of a session that is not kept changes nothing.</summary>
    public void Apply(StateChange change)
    {
        switch (change)
        {
            case RetainedSet { Message: { } message } set:
                _retained[set.Topic] = message;
                break;
            case RetainedSet set:
                _ = _retained.Remove(set.Topic);
                break;
            case SessionEnded ended:
                _ = _sessions.Remove(ended.ClientId);
                break;
            case SessionOpened opened:
                SessionOf(opened).Apply(opened);
                break;
            case SessionChange ofOne:
                _sessions.GetValueOrDefault(ofOne.ClientId)?.Apply(ofOne);
                break;
        }
    }

    /// <summary>The changes that make the state from nothing.</summary>
    public IEnumerable<StateChange> Changes() =>
        _retained.Values.Select(message => (StateChange)new RetainedSet(message.Topic, message))
            .Concat(_sessions.Values.SelectMany(session => session.Changes()));

    private KeptSession SessionOf(SessionOpened opened)
    {
        // One that ends with its connection begins with nothing of an earlier one.
        if (opened.ExpirySeconds > 0 && _sessions.TryGetValue(opened.ClientId, out var session))
            return session;
        return _sessions[opened.ClientId] = new KeptSession(opened.ClientId);
    }
}
