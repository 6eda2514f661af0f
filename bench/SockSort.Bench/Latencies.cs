using System.Globalization;
using HdrHistogram;

namespace SockSort.Bench;

/// <summary>A histogram of durations with three significant digits. Filled by one thread at a time.</summary>
public sealed class Latencies
{
    private const long MicrosecondsOfAnHour = 3_600_000_000;
    private const int Digits = 3;

    // Some 200 KB, so it is created with the first value.
    private LongHistogram? _microseconds;

    public long Count => _microseconds?.TotalCount ?? 0;

    /// <param name="duration">Counts as 0 if it is negative because a clock was set back, and as one hour if it is longer.</param>
    public void Add(TimeSpan duration)
    {
        _microseconds ??= new LongHistogram(MicrosecondsOfAnHour, Digits);
        _microseconds.RecordValue(Math.Clamp((long)duration.TotalMicroseconds, 0, MicrosecondsOfAnHour));
    }

    public void Add(Latencies other)
    {
        if (other._microseconds is not { } more)
            return;
        _microseconds ??= new LongHistogram(MicrosecondsOfAnHour, Digits);
        _microseconds.Add(more);
    }

    /// <summary>The percentile in milliseconds, rounded to hundredths; null if nothing was measured.</summary>
    /// <param name="share">The share of the values that do not exceed it, 0..1.</param>
    public double? MillisecondsAt(double share) =>
        _microseconds is null ? null : Math.Round(_microseconds.GetValueAtPercentile(share * 100) / 1000.0, 2);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {Shown(0.5):0.00} ms, p99 {Shown(0.99):0.00} ms, p99.9 {Shown(0.999):0.00} ms, most {Shown(1):0.0} ms of {Count}");

    private double Shown(double share) => MillisecondsAt(share) ?? 0;
}
