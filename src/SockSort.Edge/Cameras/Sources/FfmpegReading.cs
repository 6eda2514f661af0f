namespace SockSort.Edge.Cameras.Sources;

/// <summary>Input that ffmpeg reads, and how it is read.</summary>
/// <param name="Name">Name of the source, without secrets.</param>
/// <param name="Input">Where the input is and how ffmpeg is told.</param>
/// <param name="Filters">Filters for the frames; see <see cref="FfmpegFilters"/>.</param>
/// <param name="IsEndless">Whether the input has no end of its own, so that an end means that it broke off.</param>
internal sealed record FfmpegReading(string Name, FfmpegInput Input, IEnumerable<string> Filters, bool IsEndless);
