using System.Security.Cryptography;

namespace SockSort.Edge.LiveView.Phone;

/// <summary>
/// Single-use tickets with which a page opens its WebSocket. A page gets one behind the password; some browsers (Safari) send no password
/// with a WebSocket, and a page of another site cannot read a ticket. Thread-safe.
/// </summary>
internal sealed class PhoneTickets(TimeProvider time)
{
    // A page redeems its ticket at once; more are left over only by somebody who asks for them in a loop.
    private const int Most = 64;
    private const int Bytes = 16;

    private static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Ticket, long IssuedAt)> _open = [];

    /// <summary>Returns a new ticket. Of more than 64 open ones the oldest is forgotten.</summary>
    public string Issue()
    {
        var ticket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        lock (_gate)
        {
            _open.AddLast((ticket, time.GetTimestamp()));
            if (_open.Count > Most)
                _open.RemoveFirst();
        }
        return ticket;
    }

    /// <summary>Whether the ticket was issued within the last minute and is redeemed for the first time.</summary>
    public bool Redeem(string ticket)
    {
        lock (_gate)
        {
            for (var node = _open.First; node is not null; node = node.Next)
            {
                if (node.Value.Ticket != ticket)
                    continue;
                _open.Remove(node);
                return time.GetElapsedTime(node.Value.IssuedAt) <= ValidFor;
            }
        }
        return false;
    }
}
