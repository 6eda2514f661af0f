using SockSort.Models.Package;

namespace SockSort.Cli.Demo;

/// <summary>
/// Counts the socks that were actually shown, from the true labels of the frames: consecutive frames of one label are one
/// sock. It counts only if it was shown as long as the query requires (more than <see cref="FramesNeeded"/> frames).
/// </summary>
internal sealed class PairTruth
{
    /// <summary>The demo's query keeps windows with <c>COUNT(*) > 3</c>.</summary>
    private const int FramesNeeded = 3;

    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);
    private string? _current;
    private int _run;

    /// <summary>True once a frame had a true label.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Adds the next frame's true label; null if it is unknown.</summary>
    public void Add(string? label)
    {
        IsKnown |= label is not null;
        _run = label == _current ? _run + 1 : 1;
        _current = label;
        if (_run == FramesNeeded + 1 && label is not (null or ModelPackage.BackgroundLabel))
            _shown[label] = _shown.GetValueOrDefault(label) + 1;
    }

    /// <summary>The number of socks that were shown.</summary>
    public long Socks => _shown.Values.Sum();

    /// <summary>
    /// The number of pairs completed by the shown socks, given each label's number of socks before the demo.
    /// </summary>
    public long Pairs(IReadOnlyDictionary<string, long> before) =>
        _shown.Sum(label => PairCount.Completed(before.GetValueOrDefault(label.Key), before.GetValueOrDefault(label.Key) + label.Value));
}
