using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>
/// The sessions by client id, from their first connection to their end, and the wills of those that went without saying
/// goodbye. Thread-safe.
/// </summary>
/// <param name="journal">Keeps sessions over a restart; null = they end with the broker.</param>
internal sealed class SessionTable(BrokerOptions options, BrokerTally tally, MessageRouter router, StateJournal? journal = null)
{
    /// <summary>How long a client has to come back, after a broker that was killed, before its will is published.</summary>
    private const uint SecondsAfterKill = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private TimeProvider Time => options.Time;

    /// <summary>Takes the sessions that an earlier start has kept.</summary>
    public void Restore(KeptState state)
    {
        lock (_gate)
        {
            foreach (var kept in state.Sessions.ToList())
                Restore(kept);
        }
    }

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
            (entry.Will, entry.WillAfterSeconds) = (will, will?.DelaySeconds ?? 0);
            if (expirySeconds == 0)
                End(entry);
            else if (will?.DelaySeconds == 0)
                PublishWill(entry);
            if (expirySeconds > 0)
            {
                NoteLeft(entry);
                router.Shared.HandOver(session);
            }
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
                else if (entry.Will is not null && away >= entry.WillAfterSeconds)
                    PublishWill(entry);
            }
        }
    }

    /// <summary>
    /// Called when the broker ends. Where the sessions end with it, the wills that still wait are published now; else they wait for the
    /// next start.
    /// </summary>
    /// <returns>Completes when the intakes have stored them, or could not.</returns>
    public Task EndAsync()
    {
        if (journal is not null)
            return Task.CompletedTask;
        lock (_gate)
            return Task.WhenAll([.. _entries.Values.Where(entry => entry.Connection is null).Select(PublishWill)]);
    }

    private (BrokerSession Session, bool IsPresent) Open(string clientId, ConnectPacket connect, ISessionHolder connection)
    {
        if (_entries.TryGetValue(clientId, out var entry))
        {
            var isOver = entry.ExpirySeconds != ConnectPacket.NeverExpires
                && Time.GetElapsedTime(entry.LeftAt).TotalSeconds >= entry.ExpirySeconds;
            // [MQTT-3.1.3-9]: it is back in time. After a kill that counts for clients without a session, too.
            var isBack = !connect.CleanStart && !isOver && entry.Session.User == connect.User;
            if (entry.EndsWithKill || isBack)
                entry.Will = null;
            if (isBack && !entry.EndsWithKill)
            {
                entry.Connection = connection;
                NoteOpened(entry.Session, connect);
                return (entry.Session, true);
            }
            End(entry);
        }
        MakeRoom();
        var session = new BrokerSession(clientId, options, tally, journal, connect.User);
        _entries.Add(clientId, new Entry(session) { Connection = connection });
        NoteOpened(session, connect);
        return (session, false);
    }

    private void Restore(KeptSession kept)
    {
        var wasConnected = kept.LeftAt is null;
        var session = new BrokerSession(kept.ClientId, options, tally, journal, kept.User);
        session.Keep(kept.ExpirySeconds > 0);
        session.Restore(kept);
        var entry = new Entry(session)
        {
            ExpirySeconds = kept.ExpirySeconds > 0 ? kept.ExpirySeconds : SecondsAfterKill,
            LeftAt = kept.LeftAt is { } leftAt ? journal!.Clock.TimestampOf(leftAt) : Time.GetTimestamp(),
            Will = kept.Will,
            WillAfterSeconds = Math.Max(kept.Will?.DelaySeconds ?? 0, wasConnected ? SecondsAfterKill : 0),
            EndsWithKill = kept.ExpirySeconds == 0,
        };
        _entries.Add(kept.ClientId, entry);
        foreach (var restored in session.Subscriptions)
            router.Subscriptions.Add(restored);
        foreach (var awaiting in kept.Subscriptions.Values.Where(subscribed => subscribed.AwaitsRetained))
        {
            var subscription = session.SubscriptionTo(awaiting.Request.Filter)!;
            session.Add(new RetainedBacklog(subscription, router.Retained.Matching(subscription.Filter)));
        }
        // So that the time away counts from here at the next start, too.
        if (wasConnected)
            journal!.Add(new SessionLeft(kept.ClientId, kept.ExpirySeconds, Time.GetUtcNow(), kept.Will));
    }

    private void NoteOpened(BrokerSession session, ConnectPacket connect)
    {
        session.Keep(journal is not null && connect.SessionExpirySeconds > 0);
        if (connect.SessionExpirySeconds > 0 || connect.Will is not null)
            journal?.Add(new SessionOpened(session.ClientId, connect.User, connect.SessionExpirySeconds, connect.Will));
        else
            journal?.Add(new SessionEnded(session.ClientId));
    }

    private void NoteLeft(Entry entry) =>
        journal?.Add(new SessionLeft(entry.Session.ClientId, entry.ExpirySeconds, Time.GetUtcNow(), entry.Will));

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
        entry.Session.Keep(false);
        journal?.Add(new SessionEnded(entry.Session.ClientId));
        foreach (var subscription in entry.Session.Subscriptions)
            router.Subscriptions.Remove(subscription);
        router.Shared.HandOverAtEnd(entry.Session);
        _ = PublishWill(entry);
    }

    private Task PublishWill(Entry entry)
    {
        if (entry.Will is not { } will)
            return Task.CompletedTask;
        entry.Will = null;
        journal?.Add(new WillPublished(entry.Session.ClientId));
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

        /// <summary>How long after <see cref="LeftAt"/> the will is published, if the session lasts until then.</summary>
        public uint WillAfterSeconds { get; set; }

        /// <summary>A client without a session to keep was connected when the broker was killed: only its will is left.</summary>
        public bool EndsWithKill { get; init; }
    }
}
