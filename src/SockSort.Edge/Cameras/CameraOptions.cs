using Microsoft.Extensions.Logging;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Imaging.Synthetic;

namespace SockSort.Edge.Cameras;

/// <summary>Settings for reading a camera.</summary>
public sealed record CameraOptions
{
    /// <summary>Largest value of <see cref="Fps"/>.</summary>
    public const double MostFps = 240;

    /// <summary>Largest value of <see cref="FrameTimeout"/>: one day.</summary>
    public static readonly TimeSpan LongestFrameTimeout = TimeSpan.FromDays(1);

    /// <summary>Frames per second, 0 to 240; 0 delivers them as fast as they are taken. Default 4.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Whether a source that ends (pictures, GIF, video file) starts again from its beginning. Default: no.</summary>
    public bool Loop { get; init; }

    /// <summary>
    /// Whether new pictures of a folder are delivered as they come; it then has no end. Not together with <see cref="Loop"/>. Default: no.
    /// </summary>
    public bool Follow { get; init; }

    /// <summary>
    /// How long a source may deliver no frame before a file is given up or a camera is reopened; more than 0, at most a day. Default 10 s.
    /// For a camera, three times its usual interval counts where that is longer, and three times this value before the interval is known.
    /// </summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// User and password of a network camera, which override those in its address. Null, the default: those in the address are used. Other
    /// sources accept no account.
    /// </summary>
    public CameraAccount? Account { get; init; }

    /// <summary>
    /// Returns the scenario that a synthetic camera shows for a seed. Null, the default: one of 8 socks every 5 s, for two minutes.
    /// </summary>
    public Func<int, Scenario>? Scenario { get; init; }

    /// <summary>
    /// Returns how far a synthetic camera's scenario has come; called before each frame. Like a real scene, it goes on while nobody reads,
    /// and a slow reader misses frames. Null, the default: the scenario waits for its reader, and every frame is delivered. Not together
    /// with <see cref="Loop"/>.
    /// </summary>
    public Func<TimeSpan>? SceneTime { get; init; }

    /// <summary>
    /// Logger factory for the camera's events; docs/reference/logging.md lists them. Null, the default, turns logging off.
    /// </summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock for the frame rate, the timeout and the capture times.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="CameraException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Both <see cref="SceneTime"/> and <see cref="Loop"/> are set.</exception>
    internal void Check()
    {
        if (SceneTime is not null && Loop)
            throw new ArgumentException($"{nameof(SceneTime)} goes on by itself: it does not begin again with {nameof(Loop)}");
        if (!(Fps is >= 0 and <= MostFps))
            throw CameraErrors.RateOutOfRange(Fps);
        if (FrameTimeout <= TimeSpan.Zero || FrameTimeout > LongestFrameTimeout)
            throw CameraErrors.TimeoutOutOfRange(FrameTimeout);
    }
}
