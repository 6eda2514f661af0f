namespace SockSort.Sorting.Sightings;

/// <summary>
/// Turns the labelled frames of one camera into sightings: a sequential test on the <see cref="Beliefs"/> that the frames add up to.
/// </summary>
/// <remarks>
/// What it tells depends on the frames alone: the same ones in the same order give the same sightings, with a restart in between or
/// without. Only when a silence is told depends on the clock.
/// </remarks>
public sealed class SightingDetector
{
    private const byte FormatVersion = 1;

    // Below this, and not seen just now, a sock is as good as gone: its frames do not belong to those that follow.
    private const double ForgetBound = 0.02;

    private const double LikelyBound = 0.5;

    // What frames of one moment count for.
    private const double LeastWeight = 0.01;

    // Longer labels are no names of socks, and would lie in the state for ever.
    private const int MostLabelCharacters = 200;

    private readonly string _camera;
    private readonly SightingOptions _options;
    private readonly Beliefs _beliefs;
    private Candidate? _current;
    private long? _lastMs;
    private string? _run;
    private long _seq;
    private bool _isSilenceTold;

    // Frames that show nothing since the current sock was last likely to be there.
    private int _blanks;

    /// <param name="camera">The camera's name.</param>
    /// <param name="options">As tuned where it is null.</param>
    public SightingDetector(string camera, SightingOptions? options = null)
    {
        (_camera, _options) = (camera, options ?? new());
        _beliefs = new(_options);
    }

    /// <summary>The time of the newest frame, milliseconds since 1970, UTC; null before the first.</summary>
    public long? LastFrameMs => _lastMs;

    /// <summary>The sock that is before the camera now; null for none.</summary>
    public string? Sock => _current?.Sock;

    /// <summary>Takes the next frame.</summary>
    /// <returns>What is told because of it: a sighting that is over, one that has begun.</returns>
    public IReadOnlyList<Sighting> See(LabelledFrame frame)
    {
        if (frame.Label.Length is 0 or > MostLabelCharacters || IsRepeated(frame))
            return [];
        var told = new List<Sighting>();
        var passed = TimeSpan.FromMilliseconds(frame.AtMs - (_lastMs ?? frame.AtMs));
        // A clock that was put back by much is another clock; frames that overtake each other by little come at one moment.
        if (passed.Duration() > _options.Silence)
        {
            EndBySilence(told);
            _lastMs = null;
        }
        var atMs = Math.Max(frame.AtMs, _lastMs ?? frame.AtMs);
        passed = TimeSpan.FromMilliseconds(atMs - (_lastMs ?? atMs));
        if (_lastMs is null)
            // Whatever is there may have been there for long.
            passed = _options.Silence;
        var weight = Math.Clamp(passed / _options.Independence, LeastWeight, 1);
        (_lastMs, _isSilenceTold) = (atMs, false);
        var evidence = new FrameEvidence(frame, _options, weight);
        var candidate = CandidateOf(frame, evidence);
        // Only now: a label that is new has to have its share of what may come.
        _beliefs.Pass(passed);
        _beliefs.See(evidence);
        candidate?.Add(frame, atMs);
        CountBlank(frame);
        Decide(told, atMs);
        return told;
    }

    /// <summary>No frame has come for longer than <see cref="SightingOptions.Silence"/>, by the clock of who asks.</summary>
    /// <returns>
    /// The sighting that is over by it; null for none. Where the next frame shows that the camera has not been silent, only its messages
    /// late, the sighting goes on, and is told to be over once more.
    /// </returns>
    public Sighting? FallSilent()
    {
        if (_current is null || _isSilenceTold)
            return null;
        _isSilenceTold = true;
        return Told(_current, SightingEnd.Silence, _current.ToMs);
    }

    /// <summary>Writes all that it remembers.</summary>
    public void Write(BinaryWriter into)
    {
        into.Write(FormatVersion);
        into.Write(_lastMs is not null);
        into.Write(_lastMs ?? 0);
        into.Write(_run ?? "");
        into.Write(_seq);
        into.Write(_isSilenceTold);
        into.Write(_blanks);
        into.Write(_current?.Sock ?? "");
        _beliefs.Write(into);
    }

    /// <summary>Takes back what <see cref="Write"/> has written.</summary>
    /// <exception cref="InvalidDataException">Another version has written it.</exception>
    public void Read(BinaryReader from)
    {
        if (from.ReadByte() != FormatVersion)
            throw new InvalidDataException("what is kept of the sightings belongs to another version of the program");
        var hasLast = from.ReadBoolean();
        var last = from.ReadInt64();
        _lastMs = hasLast ? last : null;
        _run = from.ReadString() is { Length: > 0 } run ? run : null;
        _seq = from.ReadInt64();
        _isSilenceTold = from.ReadBoolean();
        _blanks = from.ReadInt32();
        var sock = from.ReadString();
        _beliefs.Read(from);
        _current = sock.Length == 0 ? null : _beliefs.Of(sock);
    }

    /// <summary>Whether the message was there already: a publisher sends again what was not acknowledged.</summary>
    private bool IsRepeated(LabelledFrame frame)
    {
        if (frame is not { Run: { } run, Seq: { } seq })
            return false;
        if (run == _run && seq <= _seq)
            return true;
        (_run, _seq) = (run, seq);
        return false;
    }

    /// <summary>The candidate that a frame speaks for; null for nothing.</summary>
    private Candidate? CandidateOf(LabelledFrame frame, FrameEvidence evidence)
    {
        var unknown = _beliefs.Of(_options.Unknown, _current);
        if (frame.Label == _options.Blank)
            return null;
        return evidence.IsUnknown ? unknown : _beliefs.Of(frame.Label, _current);
    }

    private void CountBlank(LabelledFrame frame)
    {
        if (frame.Label == _options.Blank)
            _blanks++;
        else if (frame.Label == _current?.Sock && _current.Belief >= LikelyBound)
            _blanks = 0;
    }

    private void Decide(List<Sighting> told, long atMs)
    {
        if (_current is not null && _beliefs.Nothing >= _options.CloseBound && _blanks >= _options.FewestFrames)
            End(told, SightingEnd.Blank, atMs);
        foreach (var candidate in _beliefs.Candidates)
        {
            if (candidate != _current && IsSure(candidate, atMs))
            {
                if (_current is not null)
                    End(told, SightingEnd.Other, atMs);
                if (candidate.Sock != _options.Unknown)
                    Begin(told, candidate, atMs);
                break;
            }
        }
        foreach (var candidate in _beliefs.Candidates)
        {
            if (candidate != _current && candidate.Belief < ForgetBound && atMs - candidate.ToMs > _options.Independence.TotalMilliseconds)
                candidate.Forget();
        }
    }

    private bool IsSure(Candidate candidate, long atMs)
    {
        if (candidate.Belief < _options.OpenBound || candidate.Frames < _options.FewestFrames)
            return false;
        return _current is null || atMs - candidate.FromMs >= _options.Swap.TotalMilliseconds;
    }

    private void Begin(List<Sighting> told, Candidate candidate, long atMs)
    {
        (_current, _blanks) = (candidate, 0);
        told.Add(Told(candidate, end: null, atMs));
    }

    private void End(List<Sighting> told, SightingEnd end, long atMs)
    {
        told.Add(Told(_current!, end, atMs));
        _current!.Forget();
        _current = null;
    }

    /// <summary>All that was before the silence is over; what follows begins with nothing.</summary>
    private void EndBySilence(List<Sighting> told)
    {
        if (FallSilent() is { } over)
            told.Add(over);
        _current = null;
        _beliefs.Clear();
    }

    private Sighting Told(Candidate candidate, SightingEnd? end, long atMs) =>
        new(_camera, candidate.Sock, candidate.FromMs, candidate.ToMs, candidate.Frames, candidate.Confidence)
        {
            End = end,
            ToldAtMs = atMs,
        };
}
