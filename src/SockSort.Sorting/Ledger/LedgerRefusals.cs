namespace SockSort.Sorting.Ledger;

/// <summary>Why a correction is not made, and what to do.</summary>
internal static class LedgerRefusals
{
    private const int MostNames = 10;

    public static string Repeated(string id) => $"a correction '{Shown(id)}' was made already; give each one an id of its own";

    public static string NoSuchSighting(string? id) =>
        $"there is no sighting '{Shown(id ?? "")}'; the ids are in column ID of sock_sightings";

    public static string CountIsOver(string id, int wash) =>
        $"sighting '{id}' belongs to count {wash}, which is over; only those since the laundry was last done are corrected";

    public static string CorrectedAlready(string id, string? sock) => sock is null
        ? $"sighting '{id}' was forgotten already; to count it again after all, say so by WAS = ''"
        : $"sighting '{id}' was corrected already and counts as '{sock}'; to change that, say so by WAS = '{sock}'";

    public static string MergedAlready(string sock, string into) => $"'{sock}' was merged into '{into}' already; merge '{into}' instead";

    public static string SameName(string sock) => $"'{sock}' cannot be merged into itself; name another sock";

    public static string NeverSeen(string sock, IEnumerable<string> known) =>
        $"no sock '{sock}' was seen; seen were {string.Join(", ", known.Take(MostNames).DefaultIfEmpty("none"))}";

    public static string NothingCounted(int wash) => $"count {wash} has no sock yet; show some first";

    private static string Shown(string id) => id.Length <= SockName.MostCharacters ? id : id[..SockName.MostCharacters] + "…";
}
