using Microsoft.Extensions.Logging;
using SockSort.Shared;

namespace SockSort.Mqtt.Broker;

/// <summary>
/// Logs what a broker has refused and what was lost in it: each kind at once, then once a minute while it goes on. Many clients may do
/// the same wrong many times a second, so it looks at the counts in the broker's own beat.
/// </summary>
internal sealed class BrokerLog(ILogger log, TimeProvider clock)
{
    private readonly Dictionary<string, GrowingCount> _kinds = new(StringComparer.Ordinal);

    /// <summary>Logs what has grown since the last call. Called by one thread at a time.</summary>
    public void Update(BrokerCounts counts)
    {
        Update(nameof(counts.RefusedConnections), counts.RefusedConnections, log.LoginsRefused);
        Update(nameof(counts.TooManyConnections), counts.TooManyConnections, log.TooManyConnections);
        Update(nameof(counts.SilentConnections), counts.SilentConnections, log.SilentConnections);
        Update(nameof(counts.QueueDropped), counts.QueueDropped, count => log.QueueDropped(count, WorstOf(counts)));
        Update(nameof(counts.SlowedMessages), counts.SlowedMessages, log.MessagesSlowed);
        Update(nameof(counts.SlowedConnections), counts.SlowedConnections, log.ConnectionsSlowed);
        Update(nameof(counts.TooLargeForSubscriber), counts.TooLargeForSubscriber, log.TooLargeForSubscriber);
        Update(nameof(counts.RetainedRefused), counts.RetainedRefused, log.RetainedRefused);
        Update(nameof(counts.SessionsEnded), counts.SessionsEnded, log.SessionsEnded);
        Update(nameof(counts.StoreFailed), counts.StoreFailed, count => log.StoresFailed(count, counts.LastStoreError));
        foreach (var (rule, refused) in counts.Refusals)
            Update(rule, refused, count => log.ClientRefused(count, rule));
    }

    private static string WorstOf(BrokerCounts counts) =>
        string.Join(", ", counts.WorstSubscribers.Select(client => $"{client.Dropped} for '{client.ClientId}'"));

    private void Update(string kind, long count, Action<long> tell)
    {
        if (count == 0)
            return;
        if (!_kinds.TryGetValue(kind, out var known))
            _kinds[kind] = known = new GrowingCount(clock);
        if (known.IsNews(count))
            tell(count);
    }
}
