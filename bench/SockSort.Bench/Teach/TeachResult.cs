namespace SockSort.Bench.Teach;

/// <summary>What came of teaching three socks to a running system.</summary>
/// <param name="Socks">Each new sock.</param>
/// <param name="KnownBefore">Frames of known socks and of the empty scene that were told right before anything was taught.</param>
/// <param name="KnownBeside">The same frames, told right while the new socks are just learnt.</param>
/// <param name="KnownAfter">The same frames, told right by the new model.</param>
/// <param name="Known">How many there are.</param>
/// <param name="StartToLive">From the start of the last sock's showing to the first frame by the new model.</param>
/// <param name="Training">Of it the training, with the comparison of the two models.</param>
/// <param name="Meanwhile">What became of the frames while the model was trained and swapped.</param>
public sealed record TeachResult(
    IReadOnlyList<TaughtSock> Socks, int KnownBefore, int KnownBeside, int KnownAfter, int Known, TimeSpan StartToLive, TimeSpan Training,
    FramesMeanwhile Meanwhile)
{
    /// <summary>Least share of a new sock's later frames that is to be told.</summary>
    public const double LeastTold = 0.95;

    /// <summary>Most of the known socks' share that may be lost.</summary>
    public const double MostLost = 0.01;

    /// <summary>Longest time from the third frame to the first answer.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    /// <summary>Longest time from the start to the new model.</summary>
    public static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    /// <summary>Whether all that is wanted is reached.</summary>
    public bool IsReached =>
        Socks.All(sock => sock.ToldAfter >= LeastTold * sock.Frames && sock.FirstAnswer <= LongestAnswer)
        && KnownBeside >= KnownBefore - (MostLost * Known)
        && KnownAfter >= KnownBefore - (MostLost * Known)
        && StartToLive < LongestStart
        && Meanwhile.Lost == 0;
}

/// <summary>What became of the frames of a time.</summary>
/// <param name="Shown">Frames that the camera gave.</param>
/// <param name="Overtaken">Those that were overtaken by newer ones as the machine was busy; the camera counts them.</param>
/// <param name="Lost">Those of the others that have no message at the broker.</param>
public sealed record FramesMeanwhile(long Shown, long Overtaken, long Lost);

/// <summary>One new sock.</summary>
/// <param name="Taken">Frames that were taken of it.</param>
/// <param name="FirstAnswer">From its third frame to the first frame that is told as it; null where none was before the training.</param>
/// <param name="ToldBeside">Later frames that were told as it while it was just learnt.</param>
/// <param name="ToldAfter">The same frames, told by the new model.</param>
/// <param name="Frames">How many there are.</param>
public sealed record TaughtSock(string Label, int Taken, TimeSpan? FirstAnswer, int ToldBeside, int ToldAfter, int Frames);
