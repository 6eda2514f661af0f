
namespace SockSort.Mqtt.Connections;

/// <summary>Waits longer after each failure in a row, with a random part, so that many clients don't come back at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, TimeProvider clock)
{
    private const double MinShare = 0.5;

    private int _failures;

    public void Reset() => _failures = 0;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var full = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return Task.Delay(
            TimeSpan.FromMilliseconds(full * (MinShare + ((1 - MinShare) * Random.Shared.NextDouble()))), clock, cancellationToken);
    }
}
