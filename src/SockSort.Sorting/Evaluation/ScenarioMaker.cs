using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Evaluation;

/// <summary>Makes scenarios with known truth out of a seed: the same seed, the same scenario.</summary>
public sealed class ScenarioMaker
{
    private const string Blank = "Blank";

    // How many scenarios have a camera that stalls, one that is started again, messages that come twice.
    private const double ShareOfEvents = 0.3;

    private readonly ScenarioOptions _options;
    private readonly Random _random;
    private readonly string[] _labels;
    private readonly double _secondsPerFrame;
    private readonly List<Moment> _moments = [];
    private readonly List<Showing> _truth = [];
    private double _now;

    private ScenarioMaker(ScenarioOptions options, int seed, long startMs)
    {
        (_options, _random) = (options, new Random(seed));
        _labels = [.. Enumerable.Range(0, Whole(options.Labels)).Select(number => $"Sock {(char)('A' + number)}")];
        _secondsPerFrame = 1 / Drawn(options.FramesPerSecond);
        StartMs = startMs;
    }

    private long StartMs { get; }

    /// <summary>Makes one scenario.</summary>
    /// <param name="startMs">When its first frame is captured; milliseconds since 1970, UTC.</param>
    public static Scenario Make(ScenarioOptions options, int seed, long startMs) => new ScenarioMaker(options, seed, startMs).Make();

    private Scenario Make()
    {
        var wanted = Whole(_options.Socks);
        string? before = null;
        Show(null, Drawn(_options.GapSeconds), fewestFrames: 0);
        for (var number = 0; number < wanted; number++)
        {
            var sock = before is not null && _random.NextDouble() < _options.SameAgain ? before : AnyOf(_labels);
            if (sock == before)
                Show(null, Math.Max(Drawn(_options.GapSeconds), _options.ShortestSameGapSeconds), _options.FewestBlankFrames);
            else if (before is not null)
                Show(null, Drawn(_options.GapSeconds), fewestFrames: 0);
            Show(sock, Drawn(_options.HoldSeconds), _options.FewestShownFrames);
            before = sock;
        }
        Show(null, Drawn(_options.GapSeconds), fewestFrames: 0);
        new WrongFrames(_options, _random, _labels).Disturb(_moments, _secondsPerFrame);
        var frames = new FrameWriter(_random, _labels).Write(_moments, StartMs);
        if (_random.NextDouble() < ShareOfEvents)
            Repeat(frames);
        return new(frames, _truth, Restarts(frames.Count));
    }

    /// <param name="sock">Null: nothing is shown.</param>
    private void Show(string? sock, double seconds, int fewestFrames)
    {
        var frames = Math.Max(fewestFrames, (int)Math.Round(seconds / _secondsPerFrame));
        var (from, absence) = (_moments.Count, Absence(frames));
        for (var number = 0; number < frames; number++)
        {
            // The camera is away in the middle: what was there before is there after it.
            if (number == frames / 2 && absence is { } away)
                _now += away.Seconds;
            var isNewRun = number == frames / 2 && absence is { IsNewRun: true };
            var edge = Math.Min(number, frames - 1 - number) * _secondsPerFrame;
            var isBlurred = sock is not null && edge < 0.1 && frames > 2 * _options.FewestShownFrames;
            _moments.Add(new(sock ?? Blank, _now) { IsBlurred = isBlurred, IsNewRun = isNewRun });
            // Frames do not come like clockwork.
            _now += _secondsPerFrame * (0.9 + (0.2 * _random.NextDouble()));
        }
        if (sock is not null)
            _truth.Add(new(sock, StartMs + (long)(_moments[from].Seconds * 1000)));
    }

    private (double Seconds, bool IsNewRun)? Absence(int frames)
    {
        // About one in a scenario that has any: a showing in ten.
        if (frames < 2 * _options.FewestShownFrames || _random.NextDouble() > ShareOfEvents / 10)
            return null;
        return _random.NextDouble() < 0.5 ? (1 + (3 * _random.NextDouble()), false) : (2 + (4 * _random.NextDouble()), true);
    }

    /// <summary>Messages whose acknowledgement was lost come again.</summary>
    private void Repeat(List<LabelledFrame> frames)
    {
        var count = Math.Min(frames.Count, _random.Next(1, 20));
        var from = _random.Next(frames.Count - count + 1);
        frames.InsertRange(from + count, frames.GetRange(from, count));
    }

    private HashSet<int> Restarts(int frames) =>
        _random.NextDouble() < ShareOfEvents ? [_random.Next(frames), _random.Next(frames)] : [];

    /// <summary>As likely between 1 and 2 as between 10 and 20.</summary>
    private double Drawn((double From, double To) range) => range.From * Math.Pow(range.To / range.From, _random.NextDouble());

    private int Whole((int From, int To) range) => _random.Next(range.From, range.To + 1);

    private string AnyOf(string[] labels) => labels[_random.Next(labels.Length)];
}
