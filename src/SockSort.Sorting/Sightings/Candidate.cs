namespace SockSort.Sorting.Sightings;

/// <summary>A sock that may be before the camera, and what its frames add up to.</summary>
internal sealed class Candidate(string sock)
{
    public string Sock { get; } = sock;

    /// <summary>How sure it is that this sock is there, 0 to 1; all candidates and nothing make 1 together.</summary>
    public double Belief { get; set; }

    /// <summary>When the first frame of the present run of its frames was captured; milliseconds since 1970, UTC.</summary>
    public long FromMs { get; private set; }

    /// <summary>When the last of them was captured.</summary>
    public long ToMs { get; private set; }

    /// <summary>The number of them.</summary>
    public long Frames { get; private set; }

    /// <summary>Their mean probability, 0 to 100.</summary>
    public double Confidence => Frames == 0 ? 0 : _percents / Frames;

    private double _percents;

    /// <summary>A frame has its label.</summary>
    public void Add(LabelledFrame frame, long atMs)
    {
        if (Frames == 0)
            FromMs = atMs;
        ToMs = atMs;
        Frames++;
        _percents += frame.Percent;
    }

    /// <summary>Its frames are over: the next one begins a new run.</summary>
    public void Forget() => (FromMs, ToMs, Frames, _percents) = (0, 0, 0, 0);

    public void Write(BinaryWriter into)
    {
        into.Write(Sock);
        into.Write(Belief);
        into.Write(FromMs);
        into.Write(ToMs);
        into.Write(Frames);
        into.Write(_percents);
    }

    public static Candidate Read(BinaryReader from) => new(from.ReadString())
    {
        Belief = from.ReadDouble(),
        FromMs = from.ReadInt64(),
        ToMs = from.ReadInt64(),
        Frames = from.ReadInt64(),
        _percents = from.ReadDouble(),
    };
}
