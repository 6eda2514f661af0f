using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// Says who may come in, and makes guessing slow: each wrong password from an address doubles the wait before the next one of the same
/// user is looked at. Another user at that address does not wait. Thread-safe.
/// </summary>
internal sealed class LoginCheck(BrokerOptions options, string ownPassword)
{
    // The first few are a typing mistake, or a program with an old password that tries again.
    private const int FreeFailures = 3;
    private const int MostHeld = 10_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(IPAddress Address, string User), (int Failures, long LastAt)> _failures = [];

    // Hashes are slow on purpose: guesses must not take all of the machine's cores.
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Whether the broker lets this user in.</summary>
    public bool Admits(string? user, string? password) => IsOwn(user, password) || options.Users?.Admits(user, password) == true;

    /// <summary>Does what <see cref="Admits"/> does, for a client; the answer is held back where its address has guessed before.</summary>
    public async Task<bool> AdmitsAsync(string? user, string? password, EndPoint? client, CancellationToken cancellationToken)
    {
        // Random and long: nobody guesses it.
        if (IsOwn(user, password))
            return true;
        var guess = ((client as IPEndPoint)?.Address ?? IPAddress.None, user ?? "");
        if (WaitFor(guess) is { Ticks: > 0 } wait)
            await Task.Delay(wait, options.Time, cancellationToken);
        var isRight = options.Users is not null && await HashedAsync(user, password, cancellationToken);
        Keep(guess, isRight);
        return isRight;
    }

    private bool IsOwn(string? user, string? password) => Same(user, options.User) & Same(password, ownPassword);

    private async Task<bool> HashedAsync(string? user, string? password, CancellationToken cancellationToken)
    {
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => options.Users!.Admits(user, password), cancellationToken);
        }
        finally
        {
            _ = _hashing.Release();
        }
    }

    private TimeSpan WaitFor((IPAddress Address, string User) guess)
    {
        lock (_gate)
        {
            if (!_failures.TryGetValue(guess, out var held) || held.Failures < FreeFailures)
                return TimeSpan.Zero;
            if (options.Time.GetElapsedTime(held.LastAt) > ForgottenAfter)
                return TimeSpan.Zero;
            var wait = FirstWait * Math.Pow(2, Math.Min(held.Failures - FreeFailures, 10));
            return wait < LongestWait ? wait : LongestWait;
        }
    }

    private void Keep((IPAddress Address, string User) guess, bool isRight)
    {
        lock (_gate)
        {
            if (isRight)
            {
                _ = _failures.Remove(guess);
                return;
            }
            var held = _failures.GetValueOrDefault(guess);
            var isOld = held.Failures > 0 && options.Time.GetElapsedTime(held.LastAt) > ForgottenAfter;
            if (_failures.Count >= MostHeld)
                _failures.Clear();
            _failures[guess] = (isOld ? 1 : held.Failures + 1, options.Time.GetTimestamp());
        }
    }

    // The time taken must not tell how much of a guess was right.
    private static bool Same(string? given, string? expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(expected ?? "")));
}
