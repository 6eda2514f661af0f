using System.Diagnostics;
using System.Globalization;

namespace SockSort.Cli.Commands.Bench.Server;

/// <summary>Durations of one measurement, in ticks of the stopwatch; filled by one thread at a time.</summary>
internal sealed class Spread
{
    private readonly List<long> _ticks = [];

    public int Count => _ticks.Count;

    public void Add(long ticks) => _ticks.Add(ticks);

    public void Add(Spread other) => _ticks.AddRange(other._ticks);

    /// <summary>Milliseconds that the given share (0..1) does not exceed; 0 where there is nothing.</summary>
    public double At(double share)
    {
        if (_ticks.Count == 0)
            return 0;
        _ticks.Sort();
        return Stopwatch.GetElapsedTime(
            0, _ticks[Math.Clamp((int)Math.Ceiling(share * _ticks.Count) - 1, 0, _ticks.Count - 1)]).TotalMilliseconds;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {At(0.5):0.00} ms, p99 {At(0.99):0.00} ms, p99.9 {At(0.999):0.00} ms, most {At(1):0.0} ms of {Count}");
}
