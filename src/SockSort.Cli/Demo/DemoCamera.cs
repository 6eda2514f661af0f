using Microsoft.Extensions.Logging;
using SockSort.Cli.Parts;
using SockSort.Edge.Cameras;
using SockSort.Host.Parts;
using SockSort.Imaging.Synthetic;
using SockSort.Mqtt;

namespace SockSort.Cli.Demo;

/// <summary>The camera of the demo.</summary>
internal static class DemoCamera
{
    /// <summary>The query's windows are 5 s long and begin at multiples of 5 s of the wall clock.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <param name="options">
    /// A named source repeats until the time is over. Without one, socks are shown on the beat of the query's windows.
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
            Scenario = seed => OnTheBeat(seed, options.Length),
            SceneTime = SinceWindowsEdge(TimeProvider.System),
        });

    /// <summary>What the camera's status is told under: at the demo's own broker nobody else is called so.</summary>
    /// <exception cref="CameraException">Another process has the name at this broker.</exception>
    public static string HoldName(PartHost host, DemoOptions options, MqttEndpoint broker, bool isOwn)
    {
        var name = options.CameraName ?? (isOwn ? "demo" : null);
        return CameraParts.HoldName(host, name, options.Camera ?? $"synthetic:{options.Seed}", broker);
    }

    /// <summary>Nothing in the window under way when the camera begins, then a sock in each window.</summary>
    private static Scenario OnTheBeat(int seed, TimeSpan length)
    {
        var beats = (int)Math.Ceiling(length / Beat) + 1;
        string[] labels = [.. SockDesigns.Pick(seed, DemoModel.SyntheticClasses).Select(design => design.Label)];
        return new Scenario([new Showing(null, Beat), .. Scenario.OnBeat(seed, labels, beats).Showings]);
    }

    /// <summary>
    /// Time since the window began in which this was first asked: a machine that starts or works slowly does not move socks across an edge.
    /// </summary>
    internal static Func<TimeSpan> SinceWindowsEdge(TimeProvider clock)
    {
        DateTimeOffset? edge = null;
        return () =>
        {
            var now = clock.GetUtcNow();
            edge ??= now.AddTicks(-(now.Ticks % Beat.Ticks));
            return now - edge.Value;
        };
    }
}
