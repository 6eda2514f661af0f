using SockSort.Models.Package;

namespace SockSort.Cli.Demo;

/// <summary>
/// Counts the socks that were really shown, from the true labels of the frames: a run of frames of one label is one
/// sock. Only runs that lasted as long as the query asks for (more than <see cref="FramesNeeded"/> frames) count.
/// </summary>
internal sealed class PairTruth
{
    /// <summary>The demo's query keeps windows with <c>COUNT(*) > 3</c>.</summary>
    private const int FramesNeeded = 3;

    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);
    private string? _current;
    private int _run;

    /// <summary>True once a frame with a true label was seen.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Adds the next frame's true label, null where nobody knows it.</summary>
    public void Add(string? label)
    {
        IsKnown |= label is not null;
        _run = label == _current ? _run + 1 : 1;
        _current = label;
        if (_run == FramesNeeded + 1 && label is not (null or ModelPackage.BackgroundLabel))
            _shown[label] = _shown.GetValueOrDefault(label) + 1;
    }

    /// <summary>
    /// Pairs completed by the socks shown, given how many of each label lay in the drawer before.
    /// </summary>
    public long Pairs(IReadOnlyDictionary<string, long> before) =>
        _shown.Sum(label => PairCount.Completed(before.GetValueOrDefault(label.Key), before.GetValueOrDefault(label.Key) + label.Value));
}
