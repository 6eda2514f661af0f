using SockSort.Edge.Cameras;
using SockSort.Mqtt.Publishing;

namespace SockSort.Edge.Loop;

/// <summary>What an <see cref="EdgeRunner"/> has done up to one moment.</summary>
/// <param name="Frames">Frames classified and told of.</param>
/// <param name="FramesPerSecond">Over the last frames.</param>
/// <param name="Camera">Frames taken, skipped, dropped.</param>
/// <param name="Publisher">Messages enqueued, acknowledged, waiting, lost; state of the connection.</param>
public sealed record EdgeCounts(long Frames, double FramesPerSecond, CameraCounts Camera, PublisherStatus Publisher);
