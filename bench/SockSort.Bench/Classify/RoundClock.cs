using System.Diagnostics;

namespace SockSort.Bench.Classify;

/// <summary>Measures a round from its creation on, and allocates nothing.</summary>
internal readonly struct RoundClock()
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    /// <summary>The time since then, for one of so many frames.</summary>
    public RoundTime For(int frames) => new(
        Stopwatch.GetElapsedTime(_start).TotalMilliseconds / frames, (Environment.CpuUsage.TotalTime - _cpu).TotalMilliseconds / frames);
}
