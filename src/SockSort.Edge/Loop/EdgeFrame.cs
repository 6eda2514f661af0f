using SockSort.Edge.Cameras;

namespace SockSort.Edge.Loop;

/// <summary>A frame that has been recognised and told of.</summary>
/// <param name="Seen">As the camera gave it.</param>
/// <param name="Label">What was recognised.</param>
/// <param name="Percent">0 to 100, not rounded.</param>
/// <param name="ClassifiedAt">UTC.</param>
/// <param name="EnqueuedAt">When its message stood in the publisher's queue, UTC.</param>
/// <param name="IsEnqueued">False where it has no message, or the publisher's queue was full and did not take it.</param>
public sealed record EdgeFrame(
    CameraFrame Seen, string Label, double Percent, DateTimeOffset ClassifiedAt, DateTimeOffset EnqueuedAt, bool IsEnqueued);
