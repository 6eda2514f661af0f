using SockSort.Log;
using SockSort.Sorting.Ledger;

namespace SockSort.Sorting.Topics;

/// <summary>What became of a correction, as its topic has it.</summary>
/// <param name="Id">The correction's.</param>
/// <param name="Kind">Null where the word is none of them.</param>
/// <param name="Sighting">The id of the sighting that is corrected; null for none.</param>
/// <param name="Reason">What is wrong and what to do; null where it was accepted.</param>
public sealed record CorrectionResult(string Id, CorrectionKind? Kind, string? Sighting, bool IsAccepted, string? Reason)
{
    /// <returns>Null where the record is none.</returns>
    public static CorrectionResult? Of(in LogRecord record)
    {
        using var row = JsonRow.Of(record);
        return row is null
            ? null
            : new(
                JsonRow.KeyOf(record), CorrectionWords.KindOf(row.Text("KIND")), row.Text("SIGHTING"), row.IsTrue("ACCEPTED"),
                row.Text("REASON"));
    }
}
