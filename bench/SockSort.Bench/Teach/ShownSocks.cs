using SockSort.Imaging.Synthetic;

namespace SockSort.Bench.Teach;

/// <summary>Draws socks in a hand: those that are shown while one teaches, and others, that are judged.</summary>
internal sealed class ShownSocks(int seed) : IDisposable
{
    // Further scenarios of the same socks: other holds, other light.
    private const int TaughtScenario = 500;
    private const int ShownScenario = 1000;
    private const int JudgedScenario = 2000;
    private const int MixedScenario = 3000;
    private const int Showings = 40;

    private readonly Dictionary<(int Scenario, string Labels), SyntheticCamera> _cameras = [];

    // Frames that follow each other look alike.
    private const int Apart = 7;

    /// <summary>Frames of one sock, or of the empty scene, that were taught before.</summary>
    public IEnumerable<LabelledFrame> Taught(string label, int count) =>
        Of(TaughtScenario, label).Where((_, index) => index % Apart == 0).Take(count);

    /// <summary>Frames of one sock, without end.</summary>
    public IEnumerable<LabelledFrame> Shown(string label) => Of(ShownScenario, label);

    /// <summary>Frames of one sock, or of the empty scene, of which none was shown; the same ones each time.</summary>
    public IEnumerable<LabelledFrame> Judged(string label, int count) => Of(JudgedScenario, label).Take(count);

    /// <summary>Frames of several socks and of what lies between, without end.</summary>
    public IEnumerable<LabelledFrame> Mixed(string[] labels) => CameraOf(MixedScenario, labels).Frames(repeat: true);

    public void Dispose()
    {
        foreach (var camera in _cameras.Values)
            camera.Dispose();
    }

    private IEnumerable<LabelledFrame> Of(int scenario, string label)
    {
        // The empty scene is between socks.
        var socks = label == Scenario.Blank ? SockDesigns.Pick(seed, 2).Select(design => design.Label).ToArray() : [label];
        return CameraOf(scenario, socks).Frames(repeat: true).Where(drawn => drawn.Label == label);
    }

    private SyntheticCamera CameraOf(int scenario, string[] labels)
    {
        var key = (scenario, string.Join('|', labels));
        if (!_cameras.TryGetValue(key, out var camera))
            _cameras[key] = camera = new SyntheticCamera(seed, Scenario.Random(seed + scenario, labels, Showings));
        return camera;
    }
}
