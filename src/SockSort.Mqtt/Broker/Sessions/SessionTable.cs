using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>
/// The sessions by client id, from their first connection to their end, and the wills of those that went without saying
/// goodbye. Thread-safe.
/// </summary>
internal sealed class SessionTable(BrokerOptions options, BrokerTally tally, MessageRouter router)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private TimeProvider Time => options.Time;

    /// <summary>Gives a connection its session. One that holds it already is thrown out first [MQTT-3.1.4-3].</summary>
    /// <returns>The session, and whether it was there before.</returns>
    public async Task<(BrokerSession Session, bool IsPresent)> OpenAsync(
        string clientId, ConnectPacket connect, ISessionHolder connection)
    {
        for (; ; )
        {
            ISessionHolder? holder;
            lock (_gate)
            {
                holder = _entries.GetValueOrDefault(clientId)?.Connection;
                if (holder is null)
                    return Open(clientId, connect, connection);
            }
            holder.Close(ReasonCode.TakenOver, "another connection has come with this client id");
            await holder.Ended;
        }
    }

    /// <summary>Called when a connection has ended.</summary>
    /// <param name="will">Null = none, or the client has said goodbye [MQTT-3.14.4-3].</param>
    /// <param name="expirySeconds">How long the session stays.</param>
    public void Close(BrokerSession session, BrokerWill? will, uint expirySeconds)
    {
        lock (_gate)
        {
            var entry = _entries[session.ClientId];
            session.Detach();
            (entry.Connection, entry.ExpirySeconds, entry.LeftAt) = (null, expirySeconds, Time.GetTimestamp());
            // [MQTT-3.1.3-9], [MQTT-3.1.2-8]: after the delay or at the session's end, whichever comes first.
            entry.Will = will;
            if (expirySeconds == 0)
                End(entry);
            else if (will?.DelaySeconds == 0)
                PublishWill(entry);
        }
    }

    /// <summary>Ends the sessions that have expired, and publishes the wills whose delay is over.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values.Where(entry => entry.Connection is null).ToList())
            {
                var away = Time.GetElapsedTime(entry.LeftAt).TotalSeconds;
                if (entry.ExpirySeconds != ConnectPacket.NeverExpires && away >= entry.ExpirySeconds)
                    End(entry);
                else if (entry.Will is { } will && away >= will.DelaySeconds)
                    PublishWill(entry);
            }
        }
    }

    /// <summary>The sessions end with the broker: the wills that still wait are published now.</summary>
    /// <returns>Completes when the intakes have stored them, or could not.</returns>
    public Task EndAsync()
    {
        lock (_gate)
            return Task.WhenAll([.. _entries.Values.Where(entry => entry.Connection is null).Select(PublishWill)]);
    }

    private (BrokerSession Session, bool IsPresent) Open(string clientId, ConnectPacket connect, ISessionHolder connection)
    {
        if (_entries.TryGetValue(clientId, out var entry))
        {
            var isOver = entry.ExpirySeconds != ConnectPacket.NeverExpires
                && Time.GetElapsedTime(entry.LeftAt).TotalSeconds >= entry.ExpirySeconds;
            if (!connect.CleanStart && !isOver)
            {
                // [MQTT-3.1.3-9]: it is back in time.
                (entry.Will, entry.Connection) = (null, connection);
                return (entry.Session, true);
            }
            End(entry);
        }
        MakeRoom();
        var session = new BrokerSession(clientId, options, tally);
        _entries.Add(clientId, new Entry(session) { Connection = connection });
        return (session, false);
    }

    private void MakeRoom()
    {
        if (_entries.Count < options.MaxSessions)
            return;
        var longestAway = _entries.Values.Where(entry => entry.Connection is null).MinBy(entry => entry.LeftAt);
        if (longestAway is null)
            return;
        End(longestAway);
        _ = Interlocked.Increment(ref tally.SessionsEnded);
    }

    private void End(Entry entry)
    {
        _ = _entries.Remove(entry.Session.ClientId);
        foreach (var subscription in entry.Session.Subscriptions)
            router.Subscriptions.Remove(subscription);
        _ = PublishWill(entry);
    }

    private Task PublishWill(Entry entry)
    {
        if (entry.Will is not { } will)
            return Task.CompletedTask;
        entry.Will = null;
        var message = new BrokerMessage(will.Topic, will.Payload, will.Qos, will.Retain, will.Properties, will.ExpirySeconds,
            entry.Session.ClientId, Time, Time.GetTimestamp());
        return router.Publish(message, isDuplicate: false, id: 0).Stored.ContinueWith(_ => { },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>A session and how it stands.</summary>
    private sealed class Entry(BrokerSession session)
    {
        public BrokerSession Session => session;

        /// <summary>The client's connection; null while it is away.</summary>
        public ISessionHolder? Connection { get; set; }

        public uint ExpirySeconds { get; set; }

        public long LeftAt { get; set; }

        public BrokerWill? Will { get; set; }
    }
}
