namespace SockSort.Sorting.Sightings;

/// <summary>What the model said of one frame of one camera.</summary>
/// <param name="Label">The most probable label.</param>
/// <param name="Percent">Its probability, 0 to 100, as the model was calibrated.</param>
/// <param name="AtMs">When the frame was captured, in milliseconds since 1970, UTC.</param>
public sealed record LabelledFrame(string Label, double Percent, long AtMs)
{
    /// <summary>From this <see cref="Unknown"/> on the model says that a frame shows none of the socks that it was taught.</summary>
    /// <remarks>Source: docs/reference/publisher.md.</remarks>
    public const double UnknownBound = 0.5;

    /// <summary>How little the frame is like any sock that was taught, 0 to 1; null where the model does not say it.</summary>
    public double? Unknown { get; init; }

    /// <summary>The next probable label; null where it was not told.</summary>
    public string? Second { get; init; }

    /// <summary>Probability of <see cref="Second"/>, 0 to 100.</summary>
    public double SecondPercent { get; init; }

    /// <summary>The id of the edge's run; with <see cref="Seq"/> it names a message for good. Null where it was not told.</summary>
    public string? Run { get; init; }

    /// <summary>The message's number in its run; null where it was not told.</summary>
    public long? Seq { get; init; }
}
