using SockSort.Edge.Cameras;
using SockSort.Mqtt.Publishing;

namespace SockSort.Edge.Loop;

/// <summary>Counters of an <see cref="EdgeRunner"/> at one moment.</summary>
/// <param name="Frames">Frames classified since the start.</param>
/// <param name="FramesPerSecond">Classified frames per second, measured over the last frames.</param>
/// <param name="Camera">Counters of the camera: frames taken, skipped and dropped.</param>
/// <param name="Publisher">
/// Counters of the publisher (messages enqueued, acknowledged, waiting, lost) and the state of its connection.
/// </param>
public sealed record EdgeCounts(long Frames, double FramesPerSecond, CameraCounts Camera, PublisherStatus Publisher);
