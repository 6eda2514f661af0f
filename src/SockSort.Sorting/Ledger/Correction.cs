namespace SockSort.Sorting.Ledger;

/// <summary>What a user puts right in the ledger.</summary>
/// <param name="Id">Names it for good: one that comes twice counts once.</param>
/// <param name="AtMs">When it was made, milliseconds since 1970, UTC.</param>
public sealed record Correction(string Id, CorrectionKind Kind, long AtMs)
{
    /// <summary>One that is made now, with an id of its own; the log says when.</summary>
    public static Correction New(CorrectionKind kind) => new(Guid.NewGuid().ToString("n"), kind, AtMs: 0);

    /// <summary>The id of the sighting that is relabelled or forgotten.</summary>
    public string? Sighting { get; init; }

    /// <summary>What the sighting was of; or the name that is merged into another one.</summary>
    public string? Sock { get; init; }

    /// <summary>The name that is left of the two.</summary>
    public string? IntoSock { get; init; }

    /// <summary>What a sighting that was corrected before counts as now: says that the user knows.</summary>
    public string? Was { get; init; }
}
