using Microsoft.Extensions.Logging;
using SockSort.Edge.Cameras;

namespace SockSort.Edge.LiveView;

/// <summary>To how many the live view is shown, and what stands beside the picture.</summary>
public sealed record LiveViewOptions
{
    /// <summary>DeepLens' own port.</summary>
    public const int DefaultPort = 4000;

    /// <summary>Whether everybody who reaches the view may watch, so that the page says so. Default: no.</summary>
    public bool IsShownToAll { get; init; }

    /// <summary>Origins whose pages may show the view within them, as <see cref="WebOrigin"/> writes them. Default: none.</summary>
    public IReadOnlyList<string> Embedders { get; init; } = [];

    /// <summary>Streams at one time, at least 1; one more is refused with status 503. Default 16.</summary>
    public int MaxViewers { get; init; } = 16;

    /// <summary>How long a viewer may take for 8 KiB of the stream; then he is cut off, and his place is free. Default 18 s.</summary>
    /// <remarks>
    /// Linux tells a sender nothing of what is read before up to 128 KiB of it are, so 18 s let stay who reads 7 kB a second. A system
    /// takes as much for one who never reads, which takes time too: of 20 kB a second, that a small picture makes, 10 s.
    /// </remarks>
    public TimeSpan ReadWithin { get; init; } = TimeSpan.FromSeconds(18);

    /// <summary>Shown in the page's head.</summary>
    public string CameraName { get; init; } = "camera";

    /// <summary>Tables beside the picture, asked for anew at each look (about twice a second for each page that is open).</summary>
    public Func<IReadOnlyList<LivePanel>> Panels { get; init; } = () => [];

    /// <summary>Figures for programs, asked for anew at each look.</summary>
    public Func<IReadOnlyList<LiveFigure>> Figures { get; init; } = () => [];

    /// <summary>Whether the camera gives frames, asked for anew at each look; null, the default, where nobody knows.</summary>
    public Func<CameraStatus?> CameraStatus { get; init; } = () => null;

    /// <summary>
    /// A frame older than this makes the view unhealthy, or three times the usual interval of frames where that is longer. Default 10 s.
    /// </summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What happens to viewers is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock of the frame rate.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
