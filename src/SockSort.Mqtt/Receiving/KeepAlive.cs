
namespace SockSort.Mqtt.Receiving;

/// <summary>
/// Keeps a connection alive and finds out when the broker is gone. While nothing is read from the connection, as earlier messages are
/// still being handled, the answers to its pings lie behind messages: so it is only silence to a reader that waits which counts.
/// </summary>
/// <param name="period">
/// Longest time without a packet to the broker, which closes the connection after one and a half of it [MQTT-3.1.2-22].
/// </param>
/// <param name="silence">For how long a reader has waited for the broker.</param>
internal sealed class KeepAlive(TimeSpan period, TimeProvider clock, Func<TimeSpan> silence, Func<TimeSpan> sinceSent, Func<Task> pingAsync)
{
    private const int ChecksAPeriod = 4;

    private readonly TimeSpan _pingAfter = period / 2;
    private readonly TimeSpan _gone = period * 1.5;
    private Task _pinging = Task.CompletedTask;
    private long _pinged;

    /// <returns>When the broker has not answered for one and a half periods.</returns>
    public async Task UntilGoneAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period / ChecksAPeriod, clock);
        _pinged = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var silent = silence();
            if (silent >= _gone)
                return;
            if (sinceSent() >= _pingAfter || (silent >= _pingAfter && clock.GetElapsedTime(_pinged) >= _pingAfter))
                Ping();
        }
    }

    // One that can't be written, as the broker reads nothing, must not hold up the watch.
    private void Ping()
    {
        if (!_pinging.IsCompleted)
            return;
        _pinged = clock.GetTimestamp();
        _pinging = pingAsync();
    }
}
