namespace SockSort.Imaging.Synthetic;

/// <summary>
/// A camera before which a hand holds up the socks of a scenario. It gives out frames as fast as they are asked for: pacing is
/// the caller's. A frame depends on the seed, the scenario, the options and its number only. Not for several threads at once.
/// </summary>
public sealed class SyntheticCamera : IDisposable
{
    private readonly SyntheticCameraOptions _options;
    private readonly CameraWorld _world;

    /// <param name="seed">Any number; dyes the socks as <see cref="PhotoWorld"/> of the same seed does.</param>
    /// <param name="scenario">May show any of the seed's designs, also ones that no class was made of: an unknown sock.</param>
    /// <param name="options">Size and rate; the defaults where it is not given.</param>
    /// <exception cref="SyntheticException">An option is out of range, or the scenario shows a sock that no design has.</exception>
    public SyntheticCamera(int seed, Scenario scenario, SyntheticCameraOptions? options = null)
    {
        _options = options ?? new SyntheticCameraOptions();
        _options.Check();
        Scenario = scenario;
        _world = new CameraWorld(seed, DesignsOf(seed, scenario), _options.Width, _options.Height);
    }

    /// <summary>
    /// The camera <c>synthetic:SEED</c>: the socks of <see cref="PhotoWorld"/> of the same seed and number of classes, one a beat of 5 s.
    /// The scenario lasts 24 beats; then it starts again.
    /// </summary>
    /// <exception cref="SyntheticException">A number is out of range.</exception>
    public static SyntheticCamera ForSeed(int seed, int classes = SockDesigns.UsualClasses, SyntheticCameraOptions? options = null)
    {
        var labels = SockDesigns.Pick(seed, classes).Select(design => design.Label).ToList();
        return new SyntheticCamera(seed, Scenario.OnBeat(seed, labels, beats: 24), options);
    }

    public Scenario Scenario { get; }

    /// <summary>How many frames show the scenario once.</summary>
    public long FrameCount => (long)Math.Ceiling(Scenario.Duration.TotalSeconds * _options.FramesPerSecond);

    /// <summary>Frame <paramref name="number"/>, 0 or more; after the scenario's end it starts again.</summary>
    public LabelledFrame Take(long number)
    {
        var time = Scenario.TimeOf(number, _options.FramesPerSecond);
        var (showing, index, since) = Scenario.At(time);
        var frame = showing.Sock is null
            ? _world.DrawEmpty(number, time, index, since, showing.Duration)
            : _world.DrawSock(number, time, showing.Sock, index, since, showing.Duration);
        return new LabelledFrame(number, time, frame, showing.Label);
    }

    /// <summary>Frames from number 0 on: the scenario once, or without end.</summary>
    public IEnumerable<LabelledFrame> Frames(bool repeat = false)
    {
        for (long number = 0; repeat || number < FrameCount; number++)
            yield return Take(number);
    }

    public void Dispose() => _world.Dispose();

    private static List<SockDesign> DesignsOf(int seed, Scenario scenario)
    {
        var all = SockDesigns.All(seed).ToDictionary(design => design.Label);
        return [.. scenario.Shown.Keys.Select(label =>
            all.TryGetValue(label, out var design)
                ? design
                : throw SyntheticErrors.UnknownSock(label, all.Keys.Order(StringComparer.Ordinal)))];
    }
}
