using System.Net;
using System.Net.Sockets;

namespace SockSort.Host.Listening.Access;

/// <summary>Counts wrong passwords by client address and blocks an address that tries too many.</summary>
/// <remarks>The same wrong password counts once: a page or a recorder that keeps sending an old password is not guessing.</remarks>
internal sealed class WrongPasswords(TimeProvider time)
{
    /// <summary>The number of different wrong passwords that one address may send within <see cref="Period"/>.</summary>
    public const int Most = 20;

    /// <summary>The period from the first wrong password on.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private const int MostAddresses = 1000;

    // A provider assigns a household a /64 network (RFC 6177).
    private const int NetworkBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Tries> _tries = [];

    /// <summary>How long passwords from this address are refused unchecked; null if they are checked.</summary>
    public TimeSpan? BlockedFor(IPAddress? from)
    {
        lock (_gate)
        {
            if (!_tries.TryGetValue(NetworkOf(from), out var tries) || tries.Different.Count < Most)
                return null;
            var left = Period - time.GetElapsedTime(tries.Since);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <param name="from">The client's address; null counts as an address of its own.</param>
    /// <param name="hash">The hash of the password, at least 8 bytes.</param>
    public void Add(IPAddress? from, ReadOnlySpan<byte> hash)
    {
        lock (_gate)
        {
            RemoveExpired();
            var network = NetworkOf(from);
            if (!_tries.TryGetValue(network, out var tries))
                _tries[network] = tries = new Tries(time.GetTimestamp(), []);
            if (tries.Different.Count < Most)
                tries.Different.Add(BitConverter.ToInt64(hash));
        }
    }

    /// <summary>Removes expired entries, and the oldest ones if too many addresses remain.</summary>
    private void RemoveExpired()
    {
        foreach (var (address, tries) in _tries)
        {
            if (time.GetElapsedTime(tries.Since) >= Period)
                _tries.Remove(address);
        }
        if (_tries.Count >= MostAddresses)
            _tries.Remove(_tries.MinBy(entry => entry.Value.Since).Key);
    }

    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Tries(long Since, HashSet<long> Different);
}
