namespace SockSort.Edge.LiveView;

/// <summary>A figure of the host for programs: part of <c>/status.json</c> and, in the format of Prometheus, of <c>/metrics</c>.</summary>
/// <param name="Name">Lower-case letters and underscores, as in <c>messages_dropped</c>.</param>
/// <param name="IsTotal">True for a counter that grows since the start, false for a current value.</param>
/// <param name="Description">What is counted, in one line.</param>
public sealed record LiveFigure(string Name, double Value, bool IsTotal, string Description);
