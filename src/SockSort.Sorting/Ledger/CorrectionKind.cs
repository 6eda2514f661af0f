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
