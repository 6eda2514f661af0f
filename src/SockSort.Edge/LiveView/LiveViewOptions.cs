using Microsoft.Extensions.Logging;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Browser;
using SockSort.Edge.Recognition;

namespace SockSort.Edge.LiveView;

/// <summary>Settings of the live view: who may watch, how slowly a viewer may read, and what is shown beside the frames.</summary>
public sealed record LiveViewOptions
{
    /// <summary>The port that DeepLens uses for its own view.</summary>
    public const int DefaultPort = 4000;

    /// <summary>Whether everybody who reaches the view may watch; the page then says so. Default: no.</summary>
    public bool IsShownToAll { get; init; }

    /// <summary>Origins whose pages may embed the view, as <see cref="WebOrigin"/> writes them. Default: none.</summary>
    public IReadOnlyList<string> Embedders { get; init; } = [];

    /// <summary>Largest number of streams at the same time, at least 1; further ones are refused with status 503. Default 32.</summary>
    public int MaxViewers { get; init; } = 32;

    /// <summary>
    /// How long a viewer may take to read 8 KiB of the stream before it is cut off and its place is free again. Default 18 s.
    /// </summary>
    /// <remarks>
    /// Linux may report to the sender only after 128 KiB that anything was read, so within 18 s a viewer that reads 7 kB per second stays.
    /// The system also buffers that much for a viewer that never reads, which delays its end: by 10 s at the 20 kB per second that a small
    /// picture makes.
    /// </remarks>
    public TimeSpan ReadWithin { get; init; } = TimeSpan.FromSeconds(18);

    /// <summary>The largest size of pictures, where a viewer asks for no other. Default 720p.</summary>
    public LiveResolution Resolution { get; init; } = LiveResolution.Default;

    /// <summary>Name of the camera at the top of the page. Default <c>camera</c>.</summary>
    public string CameraName { get; init; } = "camera";

    /// <summary>Returns the tables beside the picture; called at each poll, about twice a second for each open page.</summary>
    public Func<IReadOnlyList<LivePanel>> Panels { get; init; } = () => [];

    /// <summary>Returns the figures for programs; called at each request for them.</summary>
    public Func<IReadOnlyList<LiveFigure>> Figures { get; init; } = () => [];

    /// <summary>
    /// Where the pictures of a phone come in, by the page <c>/phone</c>. Null, the default: the camera is no phone, and there is no such
    /// page.
    /// </summary>
    public BrowserFeed? Feed { get; init; }

    /// <summary>Returns whether the camera delivers frames; called at each request for it. Null, as by default, means not known.</summary>
    public Func<CameraStatus?> CameraStatus { get; init; } = () => null;

    /// <summary>Returns which model is run; called at each request for it. Null, as by default, means not known.</summary>
    public Func<ModelStatus?> Model { get; init; } = () => null;

    /// <summary>
    /// Age of the newest frame above which the view is unhealthy; where three times the usual frame interval is longer, that counts
    /// instead. Default 10 s.
    /// </summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Logger factory for the viewers' events; docs/reference/logging.md lists them. Null, the default, turns logging off.
    /// </summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock for the frame rate and the age of frames.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
