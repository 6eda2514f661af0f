namespace SockSort.Sorting.Sightings;

/// <summary>
/// What may be before one camera and how sure that is: the forward step of a hidden Markov model whose states are nothing, each sock, and
/// something unknown.
/// </summary>
internal sealed class Beliefs(SightingOptions options)
{
    // Of the moments at which a sock goes, so many bring another one at once.
    private const double SwapShare = 0.1;

    // More labels than any model has socks; beyond, the least likely one is forgotten.
    private const int MostCandidates = 64;

    private readonly List<Candidate> _candidates = [];

    /// <summary>In the order in which they were first seen.</summary>
    public IReadOnlyList<Candidate> Candidates => _candidates;

    /// <summary>How sure it is that nothing is there, 0 to 1.</summary>
    public double Nothing { get; private set; } = 1;

    /// <summary>The candidate of that label; made where there is none.</summary>
    /// <param name="kept">Is not forgotten for it, however unlikely it is.</param>
    public Candidate Of(string label, Candidate? kept = null)
    {
        if (_candidates.Find(known => known.Sock == label) is { } candidate)
            return candidate;
        if (_candidates.Count == MostCandidates)
            _ = _candidates.Remove(_candidates.Where(known => known != kept).MinBy(known => known.Belief)!);
        candidate = new(label);
        _candidates.Add(candidate);
        return candidate;
    }

    /// <summary>So much time passes: socks come and go.</summary>
    public void Pass(TimeSpan time)
    {
        var leaves = 1 - Math.Exp(-time / options.Hold);
        var comes = 1 - Math.Exp(-time / options.Gap);
        var socks = _candidates.Sum(candidate => candidate.Belief);
        foreach (var candidate in _candidates)
        {
            var swapped = (socks - candidate.Belief) * leaves * SwapShare / FrameEvidence.Things;
            var came = Nothing * comes / FrameEvidence.Things;
            candidate.Belief = (candidate.Belief * (1 - leaves)) + swapped + came;
        }
        Nothing = (Nothing * (1 - comes)) + (socks * leaves * (1 - SwapShare));
    }

    /// <summary>A frame says something.</summary>
    public void See(FrameEvidence evidence)
    {
        Nothing *= evidence.OfNothing;
        var sum = Nothing;
        foreach (var candidate in _candidates)
            sum += candidate.Belief *= evidence.Of(candidate.Sock);
        Nothing /= sum;
        foreach (var candidate in _candidates)
            candidate.Belief /= sum;
    }

    /// <summary>Nothing is there, and nothing is known of before.</summary>
    public void Clear()
    {
        _candidates.Clear();
        Nothing = 1;
    }

    public void Write(BinaryWriter into)
    {
        into.Write(Nothing);
        into.Write7BitEncodedInt(_candidates.Count);
        foreach (var candidate in _candidates)
            candidate.Write(into);
    }

    public void Read(BinaryReader from)
    {
        Nothing = from.ReadDouble();
        _candidates.Clear();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
            _candidates.Add(Candidate.Read(from));
    }
}
