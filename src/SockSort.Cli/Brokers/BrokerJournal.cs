using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>
/// Tells, line by line, what a broker has refused and what was lost in it: each kind at once, then once a minute while it goes on.
/// </summary>
/// <param name="look">The broker as it is now.</param>
/// <param name="tell">Takes the lines.</param>
/// <param name="time">The clock.</param>
internal sealed class BrokerJournal(Func<BrokerCounts> look, Action<string> tell, TimeProvider time)
{
    // A client that never gives up is a line a minute.
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long Count, DateTimeOffset ToldAt)> _told = [];

    /// <summary>Tells what has changed since the last look.</summary>
    public void Look()
    {
        foreach (var (kind, count) in Kinds(look()))
        {
            var told = _told.GetValueOrDefault(kind);
            if (count == told.Count || (told.Count > 0 && time.GetUtcNow() - told.ToldAt < QuietFor))
                continue;
            tell($"broker: {kind}: {count}");
            _told[kind] = (count, time.GetUtcNow());
        }
    }

    private static IEnumerable<(string Kind, long Count)> Kinds(BrokerCounts counts)
    {
        yield return ("logins refused, without or with a wrong password", counts.RefusedConnections);
        yield return ("connections closed, as there were too many", counts.TooManyConnections);
        yield return ("connections closed, as they did not log in in time", counts.SilentConnections);
        yield return ("messages dropped for slow or absent subscribers", counts.QueueDropped);
        yield return ("messages left out, larger than their subscriber takes", counts.TooLargeForSubscriber);
        yield return ("messages passed on but not retained, for want of room", counts.RetainedRefused);
        yield return ("sessions of absent clients ended, for want of room", counts.SessionsEnded);
        yield return ($"messages not stored and so not acknowledged ({counts.LastStoreError})", counts.StoreFailed);
        foreach (var (rule, count) in counts.Refusals)
            yield return ($"refused {rule}", count);
    }
}
