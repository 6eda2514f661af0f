namespace SockSort.Sorting.Evaluation;

/// <summary>What scenarios are made of.</summary>
/// <remarks>
/// What no frame shows, nobody can count. So a sock is shown for <see cref="FewestShownFrames"/> frames at least (the original's query asks
/// for four), and between two of the same sock nothing is there for <see cref="ShortestSameGapSeconds"/> and
/// <see cref="FewestBlankFrames"/> frames at least.
/// </remarks>
public sealed record ScenarioOptions
{
    /// <summary>The share of frames whose label is wrong, 0 to 1; half of them in bursts.</summary>
    public double WrongFrames { get; init; }

    /// <summary>How long a sock is held; equal shares for each doubling of the time.</summary>
    public (double From, double To) HoldSeconds { get; init; } = (0.5, 60);

    /// <summary>How long nothing is there between two socks; likewise.</summary>
    public (double From, double To) GapSeconds { get; init; } = (0.2, 10);

    /// <summary>Frames of the camera a second; likewise.</summary>
    public (double From, double To) FramesPerSecond { get; init; } = (1, 30);

    /// <summary>How many socks are shown.</summary>
    public (int From, int To) Socks { get; init; } = (6, 16);

    /// <summary>How many different socks were taught; two of them each are alike.</summary>
    public (int From, int To) Labels { get; init; } = (4, 8);

    /// <summary>How often the sock that follows is the same one again, 0 to 1.</summary>
    public double SameAgain { get; init; } = 0.3;

    public int FewestShownFrames { get; init; } = 5;

    public int FewestBlankFrames { get; init; } = 5;

    /// <summary>How long a hand needs to put a sock away and to bring another of the same pair.</summary>
    public double ShortestSameGapSeconds { get; init; } = 0.4;

    /// <summary>How long a burst of wrong frames lasts at most: a longer one is a sock to anybody.</summary>
    public double MostBurstSeconds { get; init; } = 0.25;
}
