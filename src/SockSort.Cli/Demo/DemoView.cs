namespace SockSort.Cli.Demo;

/// <summary>Everything that the demo shows at one moment.</summary>
internal sealed record DemoView
{
    public required TimeSpan Elapsed { get; init; }
    public required TimeSpan Length { get; init; }

    /// <summary>The label of the camera's last frame; null before the first.</summary>
    public string? Label { get; init; }

    /// <summary>The label's probability in percent, 0 to 100.</summary>
    public double Percent { get; init; }

    /// <summary>The true label of what is in front of the camera, if it is known.</summary>
    public string? Truth { get; init; }

    /// <summary>Why the camera is away; null if it is not.</summary>
    public string? CameraProblem { get; init; }

    /// <summary>The rows of the pair query, by label.</summary>
    public required IReadOnlyList<PairRow> Pairs { get; init; }

    public long Frames { get; init; }
    public double FramesPerSecond { get; init; }
    public long Published { get; init; }
    public long Waiting { get; init; }

    /// <summary>Messages that are lost for good: dropped from the publisher's full queue, or refused by the broker.</summary>
    public long Lost { get; init; }

    public long Logged { get; init; }
    public long Read { get; init; }
    public long Unreadable { get; init; }

    private string Owed => (Waiting, Lost) switch
    {
        (0, 0) => "",
        (_, 0) => $" ({Waiting} waiting)",
        (0, _) => $" ({Lost} lost)",
        _ => $" ({Waiting} waiting, {Lost} lost)",
    };

    /// <summary>The figures in the order of the pipeline, as (name, value).</summary>
    public IReadOnlyList<(string Name, string Value)> Rates =>
    [
        ("frames", $"{Frames} ({FramesPerSecond:0.0}/s)"),
        ("published", $"{Published}{Owed}"),
        ("logged", $"{Logged}"),
        ("read by SQL", Unreadable == 0 ? $"{Read}" : $"{Read} ({Unreadable} unreadable)"),
    ];
}
