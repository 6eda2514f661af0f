using Microsoft.Extensions.Logging;
using SockSort.Cli.Parts;
using SockSort.Edge.Cameras;
using SockSort.Host.Parts;
using SockSort.Imaging.Synthetic;
using SockSort.Mqtt;

namespace SockSort.Cli.Demo;

/// <summary>Opens the camera of the demo.</summary>
internal static class DemoCamera
{
    /// <summary>The query's windows are 5 s long and start at multiples of 5 s of the wall clock.</summary>
    private static readonly TimeSpan WindowSize = TimeSpan.FromSeconds(5);

    /// <param name="options">
    /// A named source is repeated until the end. Without one, a synthetic camera shows socks in step with the query's windows.
    /// </param>
    /// <exception cref="CameraException">There is no such source, or it gives no frame.</exception>
    public static ICamera Open(DemoOptions options, ILoggerFactory? loggers = null) => options.Camera is { } source
        ? CameraSource.Open(source, new CameraOptions
        {
            Fps = options.Fps,
            Loop = !options.Follow,
            Follow = options.Follow,
            Account = options.Account,
            Loggers = loggers,
        })
        : CameraSource.Open($"synthetic:{options.Seed}", new CameraOptions
        {
            Fps = options.Fps,
            Loggers = loggers,
            Scenario = seed => OneSockPerWindow(seed, options.Length),
            SceneTime = SinceWindowStart(TimeProvider.System),
        });

    /// <summary>Reserves the name for the camera's status; at the embedded broker no other camera has the name <c>demo</c>.</summary>
    /// <exception cref="CameraException">Another process has the name at this broker.</exception>
    public static string HoldName(PartHost host, DemoOptions options, MqttEndpoint broker, bool isOwn)
    {
        var name = options.CameraName ?? (isOwn ? "demo" : null);
        return CameraParts.HoldName(host, name, options.Camera ?? $"synthetic:{options.Seed}", broker);
    }

    /// <summary>Shows nothing in the window in which the camera starts, then one sock in each window.</summary>
    private static Scenario OneSockPerWindow(int seed, TimeSpan length)
    {
        var windows = (int)Math.Ceiling(length / WindowSize) + 1;
        string[] labels = [.. SockDesigns.Pick(seed, DemoModel.SyntheticClasses).Select(design => design.Label)];
        return new Scenario([new Showing(null, WindowSize), .. Scenario.OnBeat(seed, labels, windows).Showings]);
    }

    /// <summary>
    /// Returns the time since the start of the window of its first call. It depends on the clock and not on the number of frames, so that a
    /// machine that starts or works slowly does not move socks into another window.
    /// </summary>
    internal static Func<TimeSpan> SinceWindowStart(TimeProvider clock)
    {
        DateTimeOffset? start = null;
        return () =>
        {
            var now = clock.GetUtcNow();
            start ??= now.AddTicks(-(now.Ticks % WindowSize.Ticks));
            return now - start.Value;
        };
    }
}
