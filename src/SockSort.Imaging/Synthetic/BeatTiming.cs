namespace SockSort.Imaging.Synthetic;

/// <summary>When within each beat a sock is before the camera.</summary>
public sealed record BeatTiming
{
    /// <summary>Time from one sock to the next; default 5 s, the window of the pairing query.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time from the beat to the moment when the sock comes; default 0.6 s, more than nothing.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(0.6);

    /// <summary>How long the sock stays; default 3.5 s.</summary>
    public TimeSpan Shown { get; init; } = TimeSpan.FromSeconds(3.5);

    internal void Check()
    {
        if (Delay <= TimeSpan.Zero || Shown <= TimeSpan.Zero || Delay + Shown >= Beat)
        {
            throw SyntheticErrors.Scenario(
                $"a sock shown for {Shown.TotalSeconds} s from {Delay.TotalSeconds} s on does not fit a beat of {Beat.TotalSeconds} s: "
                    + "leave some time empty on both sides");
        }
    }
}
