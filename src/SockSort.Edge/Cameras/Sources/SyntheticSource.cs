using System.Globalization;
using System.Runtime.CompilerServices;
using SockSort.Imaging.Synthetic;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Draws socks in the order and for the times of a scenario, which also gives the true labels.</summary>
internal sealed class SyntheticSource : IPictureSource
{
    // 24 socks, one every five seconds, are two minutes.
    private const int DefaultBeats = 24;
    private const double DefaultFps = 4;

    private readonly SyntheticCamera _camera;
    private readonly double _fps;
    private readonly Func<TimeSpan>? _sceneTime;
    private long _missed;

    private SyntheticSource(int seed, CameraOptions options)
    {
        Name = $"synthetic:{seed}";
        (_fps, _sceneTime) = (options.Fps > 0 ? options.Fps : DefaultFps, options.SceneTime);
        var scenario = options.Scenario?.Invoke(seed) ?? DefaultScenario(seed);
        _camera = new SyntheticCamera(seed, scenario, new SyntheticCameraOptions { FramesPerSecond = _fps });
    }

    public string Name { get; }

    public bool IsLive => false;

    /// <summary>The frames are drawn in this process, so a slow machine must not count as a failure of the source.</summary>
    public bool MayBeSilent => true;

    public long Missed => Volatile.Read(ref _missed);

    /// <param name="seed">Text after <c>synthetic:</c>.</param>
    /// <param name="options">Frame rate, scenario and scene time.</param>
    /// <exception cref="CameraException">The seed is no whole number from 0 to 2147483647.</exception>
    /// <exception cref="SyntheticException">The rate is out of the synthetic camera's range.</exception>
    public static SyntheticSource Open(string seed, CameraOptions options) =>
        int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SyntheticSource(number, options)
            : throw CameraErrors.BadSeed(seed);

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (var number = AtLeast(0); number < _camera.FrameCount; number = After(number))
        {
            var seen = await Task.Run(() => _camera.Take(number), cancel);
            yield return new SourcePicture($"{Name}#{number + 1}", seen.Frame, seen.Label);
        }
    }

    public ValueTask DisposeAsync()
    {
        _camera.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Number of the frame that is due now, but never less than <paramref name="next"/>.</summary>
    private long AtLeast(long next) => _sceneTime is null ? next : Math.Max(next, (long)(_sceneTime().TotalSeconds * _fps));

    private long After(long number)
    {
        var next = AtLeast(number + 1);
        _ = Interlocked.Add(ref _missed, Math.Min(next, _camera.FrameCount) - number - 1);
        return next;
    }

    private static Scenario DefaultScenario(int seed) =>
        Scenario.OnBeat(seed, [.. SockDesigns.Pick(seed, SockDesigns.UsualClasses).Select(design => design.Label)], DefaultBeats);
}
