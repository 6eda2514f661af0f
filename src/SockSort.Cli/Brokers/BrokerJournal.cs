using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>
/// Reports what a broker has refused or lost, one line for each kind: at its first occurrence, then once a minute while the count grows.
/// </summary>
/// <param name="counts">Returns the broker's current counts.</param>
/// <param name="report">Receives the lines.</param>
/// <param name="time">The clock.</param>
internal sealed class BrokerJournal(Func<BrokerCounts> counts, Action<string> report, TimeProvider time)
{
    // A client that never gives up costs one line a minute.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long Count, DateTimeOffset ReportedAt)> _reported = [];

    /// <summary>Reports the counts that have grown since the last check.</summary>
    public void Check()
    {
        foreach (var (kind, count) in Kinds(counts()))
        {
            var last = _reported.GetValueOrDefault(kind);
            if (count == last.Count || (last.Count > 0 && time.GetUtcNow() - last.ReportedAt < ReportInterval))
                continue;
            report($"broker: {kind}: {count}");
            _reported[kind] = (count, time.GetUtcNow());
        }
    }

    private static IEnumerable<(string Kind, long Count)> Kinds(BrokerCounts counts)
    {
        yield return ("logins refused, without or with a wrong password", counts.RefusedConnections);
        yield return ("connections closed, as there were too many", counts.TooManyConnections);
        yield return ("connections closed, as they did not log in in time", counts.SilentConnections);
        yield return ("messages dropped for slow or absent subscribers", counts.QueueDropped);
        yield return ("messages after which their client was read more slowly", counts.SlowedMessages);
        yield return ("connections that had to wait, as too many came from their address", counts.SlowedConnections);
        yield return ("messages left out, larger than their subscriber takes", counts.TooLargeForSubscriber);
        yield return ("messages passed on but not retained, for want of room", counts.RetainedRefused);
        yield return ("sessions of absent clients ended, for want of room", counts.SessionsEnded);
        yield return ($"messages not stored and so not acknowledged ({counts.LastStoreError})", counts.StoreFailed);
        foreach (var (rule, count) in counts.Refusals)
            yield return ($"refused {rule}", count);
    }
}
