using System.Globalization;
using SockSort.Cli.Output;
using SockSort.Edge.Cameras;

namespace SockSort.Cli.Recognition;

/// <summary>What is said of a camera's coming and going.</summary>
internal static class CameraWords
{
    /// <summary>In a few words, at any time.</summary>
    public static string State(CameraStatus status) => status switch
    {
        { State: CameraState.Away, Problem: { } problem } => $"away since {status.Since.ToLocalTime():HH:mm:ss}: {problem}",
        _ => status.State.ToString().ToLowerInvariant(),
    };

    /// <summary>Of a change; null where it needs no words: a first frame and an end show by themselves.</summary>
    /// <param name="status">The new one.</param>
    /// <param name="awaySince">Kept from change to change.</param>
    /// <param name="time">Says how long it was away.</param>
    public static string? Change(CameraStatus status, ref DateTimeOffset? awaySince, TimeProvider time)
    {
        if (status.State == CameraState.Away)
        {
            awaySince = status.Since;
            return $"away: {status.Problem}; it is opened again until it is back";
        }
        if (status.State != CameraState.Live || awaySince is not { } since)
            return null;
        awaySince = null;
        return string.Create(CultureInfo.InvariantCulture, $"back after {(time.GetUtcNow() - since).TotalSeconds:0.0} s");
    }

    /// <summary>What the line of rates begins with.</summary>
    public static string Latest(string label, CameraStatus status) => status.State == CameraState.Away ? "camera away" : label;

    /// <summary>At the end, of what was not as it should be.</summary>
    public static IEnumerable<string> Summary(CameraCounts counts, CameraStatus status)
    {
        if (counts.Damaged > 0)
            yield return $"{Counted.Of(counts.Damaged, "frame")} of the video or stream {Counted.Were(counts.Damaged)} "
                + "damaged, or places in it";
        if (counts.Reopened > 0)
            yield return $"the camera was opened again {Counted.Of(counts.Reopened, "time")}";
        if (status.State == CameraState.Away)
            yield return $"the camera was away at the end: {status.Problem}";
    }
}
