using System.Net;
using Microsoft.Extensions.Logging;
using SockSort.Edge.Cameras;

namespace SockSort.Edge.LiveView;

/// <summary>Where the live view is served, to whom and to how many, and what stands beside the picture.</summary>
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

    /// <summary>
    /// Address to listen on. Default: loopback only, IPv4 and IPv6. Another one needs <see cref="Password"/> or <see cref="IsOpenToAll"/>.
    /// </summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Asked for as HTTP Basic (any user) or Bearer, where set; an empty one is none. Never shown. Default: none.</summary>
    public string? Password { get; init; }

    /// <summary>Lets everybody who reaches an address beyond loopback watch without a password. Default: no.</summary>
    public bool IsOpenToAll { get; init; }

    /// <summary>Origins whose pages may show the view within them, as <see cref="WebOrigin"/> writes them. Default: none.</summary>
    public IReadOnlyList<string> Embedders { get; init; } = [];

    /// <summary>
    /// Folder that keeps the certificate from start to start (file mode 600); null = a new one at each start, in memory only.
    /// </summary>
    public string? CertificateFolder { get; init; }

    /// <summary>PEM file of the user's own certificate, with what leads to its authority; null = one that is made here.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>; null = it stands in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

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

    /// <summary>Told what the user should know while the view runs: that it has another certificate. Default: nobody.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>What happens to the view is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock of the frame rate, of the certificate and of wrong passwords.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether other machines can reach it.</summary>
    public bool IsBeyondLoopback => !IPAddress.IsLoopback(Listen);

    /// <exception cref="LiveViewException">The port is out of range; other machines could watch without a password and nobody said that
    /// they may.</exception>
    public void Check()
    {
        if (Port is < 0 or > 65535)
            throw LiveViewErrors.PortOutOfRange(Port, PortFlag);
        var hasPassword = !string.IsNullOrEmpty(Password);
        if (hasPassword && IsOpenToAll)
            throw LiveViewErrors.PasswordForNobody();
        if (IsBeyondLoopback && !hasPassword && !IsOpenToAll)
            throw LiveViewErrors.NeedsPassword(Listen);
    }

    // The password must not come into a log by way of a record's text.
    public override string ToString() => $"{nameof(LiveViewOptions)} {new IPEndPoint(Listen, Port)}";
}
