using SockSort.Log;
using SockSort.Sorting.Ledger;

namespace SockSort.Sorting.Topics;

/// <summary>A correction, as its topic has it.</summary>
/// <param name="Kind">Null where the word is none of them.</param>
/// <param name="Sighting">The id of the sighting that is corrected; null for none.</param>
/// <param name="Sock">What it was of; null where that is not said.</param>
public sealed record CorrectionRow(string Id, CorrectionKind? Kind, string? Sighting, string? Sock)
{
    /// <returns>Null where the record is none.</returns>
    public static CorrectionRow? Of(in LogRecord record)
    {
        using var row = JsonRow.Of(record);
        return row is null || record.Key is null
            ? null
            : new(JsonRow.KeyOf(record), CorrectionWords.KindOf(row.Text("KIND")), row.Text("SIGHTING"), row.Text("SOCK"));
    }
}
