
namespace SockSort.Mqtt.Broker.Routing;

/// <summary>Finds the subscriptions that a topic matches, level by level. Thread-safe.</summary>
internal sealed class SubscriptionTree
{
    private const string One = "+";
    private const string Rest = "#";

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Node _root = new();

    /// <summary>Takes the place of the session's subscription to the same filter.</summary>
    public void Add(Subscription subscription)
    {
        _lock.EnterWriteLock();
        try
        {
            var node = _root;
            foreach (var level in subscription.Filter.Split('/'))
                node = node.Child(level);
            node.Subscriptions[subscription.Subscriber] = subscription;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Remove(Subscription subscription)
    {
        _lock.EnterWriteLock();
        try
        {
            Remove(_root, subscription.Filter.Split('/'), 0, subscription);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Adds those that match, several of one session where it has overlapping filters.</summary>
    public void Match(string topic, List<Subscription> matches)
    {
        _lock.EnterReadLock();
        try
        {
            if (_root.Children.Count > 0)
                Match(_root, topic.Split('/'), 0, matches);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    // As deep as the filters, which TopicSyntax.MostLevels bounds.
    private static void Match(Node node, string[] levels, int at, List<Subscription> matches)
    {
        // [MQTT-4.7.2-1]: a wildcard in the first place does not match a topic that begins with '$'.
        var wildcards = at > 0 || !levels[0].StartsWith('$');
        if (wildcards && node.Children.TryGetValue(Rest, out var rest))
            matches.AddRange(rest.Subscriptions.Values);
        if (at == levels.Length)
        {
            matches.AddRange(node.Subscriptions.Values);
            return;
        }
        if (node.Children.TryGetValue(levels[at], out var same))
            Match(same, levels, at + 1, matches);
        if (wildcards && node.Children.TryGetValue(One, out var one))
            Match(one, levels, at + 1, matches);
    }

    private static bool Remove(Node node, string[] levels, int at, Subscription subscription)
    {
        if (at == levels.Length)
        {
            if (node.Subscriptions.GetValueOrDefault(subscription.Subscriber) == subscription)
                _ = node.Subscriptions.Remove(subscription.Subscriber);
        }
        else if (node.Children.TryGetValue(levels[at], out var child) && Remove(child, levels, at + 1, subscription))
        {
            _ = node.Children.Remove(levels[at]);
        }
        return node.Subscriptions.Count == 0 && node.Children.Count == 0;
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Dictionary<ISubscriber, Subscription> Subscriptions { get; } = [];

        public Node Child(string level)
        {
            if (!Children.TryGetValue(level, out var child))
                Children.Add(level, child = new Node());
            return child;
        }
    }
}
