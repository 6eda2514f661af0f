namespace SockSort.Edge.Cameras.Sources;

/// <summary>What is to be read by ffmpeg, and how.</summary>
/// <param name="Name">As it may be shown.</param>
/// <param name="Input">Where it is.</param>
/// <param name="Filters">See <see cref="FfmpegFilters"/>.</param>
/// <param name="IsEndless">It has no end of its own: where it ends it has broken off.</param>
internal sealed record FfmpegReading(string Name, FfmpegInput Input, IEnumerable<string> Filters, bool IsEndless);
