using System.Net;
using System.Net.Sockets;

namespace SockSort.Host.Listening.Access;

/// <summary>Wrong passwords by the address that they came from: who tries many is barred for a while.</summary>
/// <remarks>One that comes again counts once: a page or a recorder that goes on with a password of yesterday guesses nothing.</remarks>
internal sealed class WrongPasswords(TimeProvider time)
{
    /// <summary>Different ones, from one address within <see cref="Period"/>.</summary>
    public const int Most = 20;

    /// <summary>From the first wrong one on.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private const int MostAddresses = 1000;

    // What a provider gives to one household (RFC 6177).
    private const int HouseholdBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Tries> _tries = [];

    /// <summary>How long no password from there is looked at; null where they are.</summary>
    public TimeSpan? BarredFor(IPAddress? from)
    {
        lock (_gate)
        {
            if (!_tries.TryGetValue(Household(from), out var tries) || tries.Different.Count < Most)
                return null;
            var left = Period - time.GetElapsedTime(tries.Since);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <param name="from">Null counts as an address of its own.</param>
    /// <param name="hash">Of the password, at least 8 bytes.</param>
    public void Add(IPAddress? from, ReadOnlySpan<byte> hash)
    {
        lock (_gate)
        {
            Forget();
            var household = Household(from);
            if (!_tries.TryGetValue(household, out var tries))
                _tries[household] = tries = new Tries(time.GetTimestamp(), []);
            if (tries.Different.Count < Most)
                tries.Different.Add(BitConverter.ToInt64(hash));
        }
    }

    /// <summary>What is over; and where too many addresses are left, the oldest.</summary>
    private void Forget()
    {
        foreach (var (address, tries) in _tries)
        {
            if (time.GetElapsedTime(tries.Since) >= Period)
                _tries.Remove(address);
        }
        if (_tries.Count >= MostAddresses)
            _tries.Remove(_tries.MinBy(entry => entry.Value.Since).Key);
    }

    private static IPAddress Household(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(HouseholdBytes).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Tries(long Since, HashSet<long> Different);
}
