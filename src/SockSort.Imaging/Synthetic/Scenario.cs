using SockSort.Imaging.Labels;

namespace SockSort.Imaging.Synthetic;

/// <summary>Which sock is before the camera, how long, and what lies between: the truth that recognition is held against.</summary>
public sealed class Scenario
{
    /// <summary>The label of a frame without a sock.</summary>
    public const string Blank = FrameLabel.Blank;

    private readonly Showing[] _showings;
    private readonly TimeSpan[] _ends;

    /// <param name="showings">In order of time, at least one.</param>
    /// <exception cref="SyntheticException">There is none, or one lasts no time.</exception>
    public Scenario(IEnumerable<Showing> showings)
    {
        _showings = [.. showings];
        if (_showings.Length == 0)
            throw SyntheticErrors.Scenario("it shows nothing: give it at least one showing");
        _ends = new TimeSpan[_showings.Length];
        for (var at = 0; at < _ends.Length; at++)
        {
            if (_showings[at].Duration <= TimeSpan.Zero)
                throw SyntheticErrors.Scenario(
                    $"showing {at} ('{_showings[at].Label}') lasts {_showings[at].Duration}: it must last longer than nothing");
            _ends[at] = Duration += _showings[at].Duration;
        }
    }

    public IReadOnlyList<Showing> Showings => _showings;

    /// <summary>Sum of all showings. What comes after it is the scenario again from its beginning.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Each label that is shown, without <see cref="Blank"/>, with how often it is (once through).</summary>
    public IReadOnlyDictionary<string, int> Shown =>
        _showings.Where(showing => showing.Sock is not null).CountBy(showing => showing.Sock!).ToDictionary();

    /// <summary>How many pairs come together once through: per label, every second showing makes one.</summary>
    public int Pairs => Shown.Values.Sum(times => times / 2);

    /// <summary>Socks in no order for times of no pattern: shown 2 to 6 s, with 0.8 to 3 s of nothing between.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="labels">The socks to choose from, at least one.</param>
    /// <param name="shows">How many showings of a sock, at least 1.</param>
    public static Scenario Random(int seed, IReadOnlyList<string> labels, int shows)
    {
        RequireLabels(labels);
        var dice = new Dice(seed, 301);
        return new Scenario(Enumerable.Range(0, shows).SelectMany(_ => new[]
        {
            new Showing(null, TimeSpan.FromSeconds(dice.Between(0.8, 3))),
            new Showing(dice.Pick(labels), TimeSpan.FromSeconds(dice.Between(2, 6))),
        }));
    }

    /// <summary>
    /// One sock a beat, so that each showing lies within one tumbling window as long as the beat, if the scenario starts on a
    /// window's edge. Every sock comes a second time within six beats: pairs come together soon.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="labels">The socks to choose from, at least one.</param>
    /// <param name="beats">How many socks to show, at least 1.</param>
    /// <param name="timing">When within its beat a sock is shown; 5 s, from 0.6 s to 4.1 s where it is not given.</param>
    /// <exception cref="SyntheticException">No labels, no beats, or a showing longer than its beat.</exception>
    public static Scenario OnBeat(int seed, IReadOnlyList<string> labels, int beats, BeatTiming? timing = null)
    {
        RequireLabels(labels);
        var beat = timing ?? new BeatTiming();
        beat.Check();
        var rest = beat.Beat - beat.Delay - beat.Shown;
        return new Scenario(InPairs(new Dice(seed, 302), labels).Take(beats).SelectMany(label => new[]
        {
            new Showing(null, beat.Delay), new Showing(label, beat.Shown), new Showing(null, rest),
        }));
    }

    /// <summary>The showing at a moment, which one it is, and how long it has been going on; after the end it starts again.</summary>
    /// <param name="time">Since the start; not negative.</param>
    public (Showing Showing, int Index, TimeSpan Since) At(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var within = TimeSpan.FromTicks(time.Ticks % Duration.Ticks);
        var index = Array.BinarySearch(_ends, within);
        index = index < 0 ? ~index : index + 1;
        return (_showings[index], index, within - (_ends[index] - _showings[index].Duration));
    }

    /// <summary>The true label at a moment.</summary>
    public string LabelAt(TimeSpan time) => At(time).Showing.Label;

    /// <summary>The true label of frame <paramref name="number"/> (from 0) at a rate in frames a second.</summary>
    public string LabelAt(long number, double framesPerSecond) => LabelAt(TimeOf(number, framesPerSecond));

    /// <summary>When frame <paramref name="number"/> (from 0) is taken: <c>number / framesPerSecond</c>.</summary>
    public static TimeSpan TimeOf(long number, double framesPerSecond) =>
        TimeSpan.FromTicks((long)(number * TimeSpan.TicksPerSecond / framesPerSecond));

    /// <summary>Three socks, each twice, shuffled; then the next three.</summary>
    private static IEnumerable<string> InPairs(Dice dice, IReadOnlyList<string> labels)
    {
        while (true)
        {
            var order = labels.ToArray();
            dice.Shuffle<string>(order);
            foreach (var few in order.Chunk(3))
            {
                string[] twice = [.. few, .. few];
                dice.Shuffle<string>(twice);
                foreach (var label in twice)
                    yield return label;
            }
        }
    }

    private static void RequireLabels(IReadOnlyList<string> labels)
    {
        if (labels.Count == 0)
            throw SyntheticErrors.Scenario("there is no sock to show: give it at least one label");
    }
}
