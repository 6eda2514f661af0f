using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;

namespace SockSort.Edge.Loop;

/// <summary>A classified frame and what became of its message.</summary>
/// <param name="Seen">The frame as the camera delivered it.</param>
/// <param name="Label">Label of the best class, or the label for unknown socks if its probability is too low.</param>
/// <param name="Percent">Probability of the best class in percent, 0 to 100, not rounded.</param>
/// <param name="ClassifiedAt">When the frame was classified, UTC.</param>
/// <param name="EnqueuedAt">When its message, if it has one, was in the publisher's queue, UTC.</param>
/// <param name="IsEnqueued">False if the frame has no message, or if the publisher's queue was full and did not take it.</param>
public sealed record EdgeFrame(
    CameraFrame Seen, string Label, double Percent, DateTimeOffset ClassifiedAt, DateTimeOffset EnqueuedAt, bool IsEnqueued)
{
    /// <summary>Number of its message in the run; null if the frame has no message.</summary>
    public long? Seq { get; init; }

    /// <summary>How long the model took.</summary>
    public TimeSpan ModelTime { get; init; }

    /// <summary>How little the frame is like any class, 0 to 1; null where the model does not say it.</summary>
    public double? Unknown { get; init; }

    /// <summary>Whether the label is of a sock that was just learnt from a few frames, and that the model does not know yet.</summary>
    public bool IsLearnt { get; init; }

    /// <summary>The same for who shows it.</summary>
    internal LiveFrame Shown => new(Seen.Number, Seen.Name, Seen.CapturedAt, Seen.Picture, Label, Percent) { IsLearnt = IsLearnt };
}
