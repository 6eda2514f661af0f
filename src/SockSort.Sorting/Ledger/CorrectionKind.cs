namespace SockSort.Sorting.Ledger;

/// <summary>What a user puts right in the ledger.</summary>
public enum CorrectionKind
{
    /// <summary>A sighting was of another sock.</summary>
    Relabel,

    /// <summary>A sighting was none.</summary>
    Forget,

    /// <summary>All socks go into their drawers: a new count begins, the old one is kept.</summary>
    LaundryDone,

    /// <summary>Two names are of one sock, now and from now on.</summary>
    Merge,
}

/// <summary>The kinds as SQL and pages write them.</summary>
public static class CorrectionWords
{
    private static readonly IReadOnlyDictionary<CorrectionKind, string> Words = new Dictionary<CorrectionKind, string>
    {
        [CorrectionKind.Relabel] = "RELABEL",
        [CorrectionKind.Forget] = "FORGET",
        [CorrectionKind.LaundryDone] = "LAUNDRY_DONE",
        [CorrectionKind.Merge] = "MERGE",
    };

    public static string Of(CorrectionKind kind) => Words[kind];

    /// <returns>Null where the word names no kind; its case does not matter.</returns>
    public static CorrectionKind? KindOf(string? word)
    {
        foreach (var (kind, known) in Words)
        {
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase))
                return kind;
        }
        return null;
    }
}
