using SockSort.Edge.Cameras;
using SockSort.Imaging.Synthetic;

namespace SockSort.Cli.Demo;

/// <summary>The camera of the demo.</summary>
internal static class DemoCamera
{
    /// <summary>The query's windows are 5 s long and begin at multiples of 5 s of the wall clock.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <param name="options">A named source repeats until the time is over. Without one, socks are shown on the beat of the query's windows.</param>
    /// <exception cref="CameraException">There is no such source, or it gives no frame.</exception>
    public static ICamera Open(DemoOptions options) => options.Camera is { } source
        ? CameraSource.Open(source, new CameraOptions { Fps = options.Fps, Loop = true })
        : CameraSource.Open($"synthetic:{options.Seed}", new CameraOptions
        {
            Fps = options.Fps,
            Scenario = seed => OnTheBeat(seed, options.Length, DateTimeOffset.UtcNow),
        });

    /// <summary>Nothing up to the next window's edge, then a sock in each window.</summary>
    private static Scenario OnTheBeat(int seed, TimeSpan length, DateTimeOffset now)
    {
        var lead = Beat - TimeSpan.FromTicks(now.Ticks % Beat.Ticks);
        var beats = (int)Math.Ceiling(length / Beat) + 1;
        string[] labels = [.. SockDesigns.Pick(seed, DemoModel.SyntheticClasses).Select(design => design.Label)];
        return new Scenario([new Showing(null, lead), .. Scenario.OnBeat(seed, labels, beats).Showings]);
    }
}
