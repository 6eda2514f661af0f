using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>A row of the ledger, as its topic has it.</summary>
/// <param name="LastSeenMs">Milliseconds since 1970, UTC.</param>
public sealed record LedgerRow(
    string Sock, long Seen, long Pairs, long Odd, long LastSeenMs, string? LastSighting, long Wash, long TotalSeen, long TotalPairs)
{
    /// <summary>The sock that a record is about.</summary>
    public static string SockOf(in LogRecord record) => JsonRow.KeyOf(record);

    /// <returns>Null where the record takes the row away, or is none of the ledger's.</returns>
    public static LedgerRow? Of(in LogRecord record)
    {
        using var row = JsonRow.Of(record);
        return row is null
            ? null
            : new(
                SockOf(record), row.Whole("SEEN"), row.Whole("PAIRS"), row.Whole("ODD"), row.Whole("LAST_SEEN"),
                row.Text("LAST_SIGHTING"), row.Whole("WASH"), row.Whole("TOTAL_SEEN"), row.Whole("TOTAL_PAIRS"));
    }
}
