namespace SockSort.Mqtt.Broker.Routing;

/// <summary>The subscribers that share one filter under one name: each message goes to one of them, in turn. Thread-safe.</summary>
internal sealed class SharedGroup
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _members = [];
    private int _next;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _members.Count == 0;
        }
    }

    public IReadOnlyList<Subscription> Members
    {
        get
        {
            lock (_gate)
                return [.. _members];
        }
    }

    /// <summary>Takes the place of the subscriber's earlier subscription.</summary>
    public void Add(Subscription subscription)
    {
        lock (_gate)
        {
            var at = _members.FindIndex(member => member.Subscriber == subscription.Subscriber);
            if (at < 0)
                _members.Add(subscription);
            else
                _members[at] = subscription;
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate)
            _ = _members.Remove(subscription);
    }

    /// <summary>
    /// Whose turn it is: the next one that is connected; where none is, the next one. Who may not read the topic has no turn.
    /// </summary>
    /// <param name="topic">Of the message that one of them is to get.</param>
    /// <param name="except">Not this one.</param>
    /// <returns>Null where there is none.</returns>
    public Subscription? Next(string topic, ISubscriber? except = null) =>
        NextOf(topic, except, mustBeConnected: true) ?? NextOf(topic, except, mustBeConnected: false);

    /// <summary>As <see cref="Next"/>, but only one that is connected.</summary>
    public Subscription? NextConnected(string topic, ISubscriber except) => NextOf(topic, except, mustBeConnected: true);

    private Subscription? NextOf(string topic, ISubscriber? except, bool mustBeConnected)
    {
        lock (_gate)
        {
            for (var i = 0; i < _members.Count; i++)
            {
                var at = (_next + i) % _members.Count;
                var subscriber = _members[at].Subscriber;
                if (subscriber == except || (mustBeConnected && !subscriber.IsConnected) || !subscriber.MayRead(topic))
                    continue;
                _next = at + 1;
                return _members[at];
            }
            return null;
        }
    }
}
