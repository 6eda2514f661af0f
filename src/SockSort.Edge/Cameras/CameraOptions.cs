using Microsoft.Extensions.Logging;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Imaging.Synthetic;

namespace SockSort.Edge.Cameras;

/// <summary>How a camera is read.</summary>
public sealed record CameraOptions
{
    /// <summary>The highest <see cref="Fps"/>.</summary>
    public const double MostFps = 240;

    /// <summary>The longest <see cref="FrameTimeout"/>: a day.</summary>
    public static readonly TimeSpan LongestFrameTimeout = TimeSpan.FromDays(1);

    /// <summary>Frames per second, 0 to 240; 0 = as fast as they are taken. Default 4.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Starts a source that ends (pictures, GIF, video file) again from its beginning. Default: no.</summary>
    public bool Loop { get; init; }

    /// <summary>Takes new pictures of a folder as they come; it then has no end. Not with <see cref="Loop"/>. Default: no.</summary>
    public bool Follow { get; init; }

    /// <summary>
    /// How long a source may give no frame before a file is given up, and a camera opened again; more than 0, at most a day. Default 10 s.
    /// A camera is given three times its own usual interval where that is longer, and three times this before that is known.
    /// </summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// User and password of a network camera; they go before those in its address. Null, the default: those in the address. Other sources
    /// take none.
    /// </summary>
    public CameraAccount? Account { get; init; }

    /// <summary>What a synthetic camera of a seed shows; null, the default: one of 8 socks every 5 s, for two minutes.</summary>
    public Func<int, Scenario>? Scenario { get; init; }

    /// <summary>
    /// How far a synthetic camera's scenario has come, asked before each frame: like a real scene it goes on while nobody looks, and a
    /// slow reader misses moments of it. Null, the default: the scenario waits for its reader, and each frame of it is taken. Not with
    /// <see cref="Loop"/>.
    /// </summary>
    public Func<TimeSpan>? SceneTime { get; init; }

    /// <summary>What happens to the camera is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock of the pace, the timeout and the capture times.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="CameraException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException"><see cref="SceneTime"/> and <see cref="Loop"/> at once.</exception>
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
