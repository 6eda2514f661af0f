using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>Finds the subscriptions that a topic matches, level by level. Thread-safe.</summary>
internal sealed class SubscriptionTree
{
    private const string One = "+";
    private const string Rest = "#";

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Node _root = new();
    private int _version;

    /// <summary>Changes with each subscription that comes or goes.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Takes the place of the session's subscription to the same filter.</summary>
    public void Add(Subscription subscription)
    {
        _lock.EnterWriteLock();
        try
        {
            var node = _root;
            foreach (var level in subscription.TopicFilter.Split('/'))
                node = node.Child(level);
            node.Add(subscription);
            _ = Interlocked.Increment(ref _version);
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
            _ = Remove(_root, subscription.TopicFilter.Split('/'), 0, subscription);
            _ = Interlocked.Increment(ref _version);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>The group that shares a filter, <c>$share/GROUP/FILTER</c>; null where nobody does.</summary>
    public SharedGroup? GroupOf(string filter)
    {
        _lock.EnterReadLock();
        try
        {
            var node = _root;
            foreach (var level in TopicSyntax.UnsharedOf(filter).Split('/'))
            {
                if (!node.Children.TryGetValue(level, out node))
                    return null;
            }
            return node.Groups?.GetValueOrDefault(TopicSyntax.GroupOf(filter) ?? "");
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Those that match, several of one session where it has overlapping filters.</summary>
    public SubscriptionMatches Match(string topic)
    {
        _lock.EnterReadLock();
        try
        {
            if (_root.Children.Count == 0)
                return SubscriptionMatches.None;
            var matches = new SubscriptionMatches();
            Match(_root, topic.Split('/'), 0, matches);
            return matches;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    // As deep as the filters, which TopicSyntax.MostLevels bounds.
    private static void Match(Node node, string[] levels, int at, SubscriptionMatches matches)
    {
        // [MQTT-4.7.2-1]: a wildcard in the first place does not match a topic that begins with '$'.
        var wildcards = at > 0 || !levels[0].StartsWith('$');
        if (wildcards && node.Children.TryGetValue(Rest, out var rest))
            matches.Add(rest.Subscriptions.Values, rest.Groups?.Values);
        if (at == levels.Length)
        {
            matches.Add(node.Subscriptions.Values, node.Groups?.Values);
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
            node.Remove(subscription);
        }
        else if (node.Children.TryGetValue(levels[at], out var child) && Remove(child, levels, at + 1, subscription))
        {
            _ = node.Children.Remove(levels[at]);
        }
        return node.IsEmpty;
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public Dictionary<ISubscriber, Subscription> Subscriptions { get; } = [];

        /// <summary>By name; null = nobody shares this filter.</summary>
        public Dictionary<string, SharedGroup>? Groups { get; private set; }

        public bool IsEmpty => Subscriptions.Count == 0 && Children.Count == 0 && Groups is not { Count: > 0 };

        public void Add(Subscription subscription)
        {
            if (subscription.Group is not { } name)
            {
                Subscriptions[subscription.Subscriber] = subscription;
                return;
            }
            Groups ??= new Dictionary<string, SharedGroup>(StringComparer.Ordinal);
            if (!Groups.TryGetValue(name, out var group))
                Groups.Add(name, group = new SharedGroup());
            group.Add(subscription);
        }

        public void Remove(Subscription subscription)
        {
            if (subscription.Group is not { } name)
            {
                if (Subscriptions.GetValueOrDefault(subscription.Subscriber) == subscription)
                    _ = Subscriptions.Remove(subscription.Subscriber);
            }
            else if (Groups?.TryGetValue(name, out var group) == true)
            {
                group.Remove(subscription);
                if (group.IsEmpty)
                    _ = Groups.Remove(name);
            }
        }

        public Node Child(string level)
        {
            if (!Children.TryGetValue(level, out var child))
                Children.Add(level, child = new Node());
            return child;
        }
    }
}
