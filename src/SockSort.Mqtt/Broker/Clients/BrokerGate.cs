using System.Collections.Concurrent;
using System.Net;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// The clients of a broker, whichever door they have come by: how many there are, and who has been silent for too long.
/// Thread-safe.
/// </summary>
internal sealed class BrokerGate(BrokerParts parts)
{
    private readonly BrokerTally _tally = parts.Tally;
    private readonly ConcurrentDictionary<BrokerConnection, byte> _connections = [];
    private readonly AddressRates _rates = new(parts.Options.MaxConnectionsPerSecond, parts.Options.Time);
    private int _strangers;

    public TimeSpan LoginTime => parts.Options.LoginTime;

    /// <summary>A client has connected. Whoever gets the guest disposes it when the client has gone.</summary>
    /// <returns>Null where there are too many already; counted.</returns>
    public Guest? TryEnter()
    {
        var most = parts.Options.MaxConnections;
        var guest = new Guest(this);
        if (Volatile.Read(ref _tally.Connections) <= most && Volatile.Read(ref _strangers) <= (most + 1) / 2)
            return guest;
        guest.Dispose();
        _ = Interlocked.Increment(ref _tally.TooManyConnections);
        return null;
    }

    /// <summary>Completes when a client's turn has come, where too many come from its address.</summary>
    /// <returns>False where it would take too long; counted.</returns>
    public async Task<bool> WaitAsync(EndPoint? remote, CancellationToken cancellationToken)
    {
        var wait = _rates.Take(remote);
        if (wait == TimeSpan.Zero)
            return true;
        _ = Interlocked.Increment(ref wait <= LoginTime ? ref _tally.SlowedConnections : ref _tally.TooManyConnections);
        if (wait > LoginTime)
            return false;
        await Task.Delay(wait, parts.Options.Time, cancellationToken);
        return true;
    }

    public void Refused(string what) => _tally.Refuse(what);

    /// <summary>Serves a client until its end.</summary>
    /// <param name="limit">Cancelled when it must have said who it is.</param>
    /// <param name="ending">Cancelled when the way ends by which it has come.</param>
    public async Task ServeAsync(
        Guest guest, Stream stream, EndPoint? remote, CancellationToken limit, CancellationToken ending = default)
    {
        var connection = new BrokerConnection(stream, remote, parts, guest.ComeIn);
        _connections[connection] = 0;
        using var registration = ending.Register(() => connection.Close(ReasonCode.ShuttingDown, "the broker ends"));
        try
        {
            await connection.ServeAsync(limit);
        }
        finally
        {
            _ = _connections.TryRemove(connection, out _);
        }
    }

    /// <summary>Closes the connections whose clients have been silent for too long.</summary>
    public void Sweep()
    {
        var now = parts.Options.Time.GetTimestamp();
        foreach (var connection in _connections.Keys)
            connection.CheckKeepAlive(now);
    }

    /// <summary>Ends all connections; the clients are told that the broker goes.</summary>
    public async Task EndAsync()
    {
        var all = _connections.Keys.ToList();
        all.ForEach(connection => connection.Close(ReasonCode.ShuttingDown, "the broker ends"));
        await Task.WhenAll(all.Select(connection => connection.Ended));
    }

    /// <summary>A client's place.</summary>
    internal sealed class Guest : IDisposable
    {
        private readonly BrokerGate _gate;
        private bool _isIn;

        public Guest(BrokerGate gate)
        {
            _gate = gate;
            _ = Interlocked.Increment(ref Tally.Connections);
            _ = Interlocked.Increment(ref gate._strangers);
        }

        /// <summary>Its time was over before it had said who it is.</summary>
        public bool IsSilent { get; set; }

        private BrokerTally Tally => _gate._tally;

        /// <summary>Called when the client has said who it is.</summary>
        public void ComeIn()
        {
            _isIn = true;
            _ = Interlocked.Decrement(ref _gate._strangers);
        }

        public void Dispose()
        {
            _ = Interlocked.Decrement(ref Tally.Connections);
            if (_isIn)
                return;
            _ = Interlocked.Decrement(ref _gate._strangers);
            if (IsSilent)
                _ = Interlocked.Increment(ref Tally.SilentConnections);
        }
    }
}
