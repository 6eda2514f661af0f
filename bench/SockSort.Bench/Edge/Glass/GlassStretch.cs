using System.Globalization;

namespace SockSort.Bench.Edge.Glass;

/// <summary>One stretch of a run from glass to glass.</summary>
/// <param name="At">Its end, since the start of the run.</param>
/// <param name="Fast">Ages of pictures at viewers that read as fast as they can.</param>
/// <param name="Slow">The same at those that read slowly.</param>
/// <param name="EdgeBytes">Memory of the edge at its end.</param>
public sealed record GlassStretch(TimeSpan At, Latencies Fast, Latencies Slow, long EdgeBytes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At:hh\\:mm\\:ss}: {Shown(Fast)}; slow viewers {Shown(Slow)}; edge {EdgeBytes / 1e6:0} MB");

    private static string Shown(Latencies ages) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {ages.MillisecondsAt(0.5):0} ms, p95 {ages.MillisecondsAt(0.95):0} ms, most {ages.MillisecondsAt(1):0} ms of {ages.Count}");
}
