namespace SockSort.Models.Package;

/// <summary>How a model says that a frame shows none of its classes: by the output <c>unknown</c> of its graph.</summary>
public sealed record UnknownScore
{
    private const int OnlyVersion = 1;

    /// <summary>Version of the output's meaning; 1: 0 = surely one of the classes, 1 = surely none.</summary>
    public int Version { get; init; } = OnlyVersion;

    /// <summary>From here on a frame shows none of the classes, 0..1.</summary>
    public required double Threshold { get; init; }

    /// <summary>How the graph computes it, in words.</summary>
    public required string How { get; init; }

    /// <returns>What this version cannot follow; null where it can.</returns>
    internal string? FindProblem()
    {
        if (Version != OnlyVersion)
            return $"unknown: version {Version} is not known, this program reads version {OnlyVersion}";
        return Threshold is >= 0 and <= 1
            ? null
            : FormattableString.Invariant($"unknown: threshold {Threshold} is out of range, expected 0 to 1");
    }
}
