using System.Net;

namespace SockSort.Edge.LiveView;

/// <summary>Where the live view is served, to how many, and what stands beside the picture.</summary>
public sealed record LiveViewOptions
{
    /// <summary>DeepLens' own port.</summary>
    public const int DefaultPort = 4000;

    /// <summary>TCP port, 0 to 65535; 0 = a free one. Default 4000.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Takes a free port where <see cref="Port"/> is taken, instead of failing. Default: no.</summary>
    public bool AnyPortIfTaken { get; init; }

    /// <summary>The command line's name of <see cref="Port"/>, for the message that it is taken.</summary>
    public string PortFlag { get; init; } = "--live-view-port";

    /// <summary>Address to listen on. Default: loopback only, IPv4 and IPv6; the view asks nobody for a password.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Folder that keeps the certificate from start to start (file mode 600); null = a new one at each start, in memory only.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>Streams at one time, at least 1; one more is refused with status 503. Default 16.</summary>
    public int MaxViewers { get; init; } = 16;

    /// <summary>Shown in the page's head.</summary>
    public string CameraName { get; init; } = "camera";

    /// <summary>Tables beside the picture, asked for anew at each look (about twice a second for each page that is open).</summary>
    public Func<IReadOnlyList<LivePanel>> Panels { get; init; } = () => [];

    /// <summary>A frame older than this makes the view unhealthy. Default 10 s.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Clock of the frame rate and of the certificate.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
