namespace SockSort.Edge.LiveView;

/// <summary>A figure of the host for programs: in <c>/status.json</c> and, for Prometheus, in <c>/metrics</c>.</summary>
/// <param name="Name">Small letters and underscores, as in <c>messages_dropped</c>.</param>
/// <param name="IsTotal">Counted since the start; else how it stands now.</param>
/// <param name="Description">What is counted, in one line.</param>
public sealed record LiveFigure(string Name, double Value, bool IsTotal, string Description);
