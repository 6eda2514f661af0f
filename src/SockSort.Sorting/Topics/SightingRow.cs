using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>A sighting, as its topic has it.</summary>
/// <param name="SeenFromMs">Milliseconds since 1970, UTC, as <paramref name="SeenToMs"/>.</param>
/// <param name="Confidence">Percent.</param>
/// <param name="ClosedBy">Null while it goes on.</param>
public sealed record SightingRow(
    string Id, string Camera, string Sock, long SeenFromMs, long SeenToMs, long Frames, double Confidence, string? ClosedBy)
{
    /// <returns>Null where the record is no sighting.</returns>
    public static SightingRow? Of(in LogRecord record)
    {
        using var row = JsonRow.Of(record);
        return row is null || record.Key is null
            ? null
            : new(
                JsonRow.KeyOf(record), row.Text("CAMERA") ?? "", row.Text("SOCK") ?? "", row.Whole("SEEN_FROM"), row.Whole("SEEN_TO"),
                row.Whole("FRAMES"), row.Number("CONFIDENCE"), row.Text("CLOSED_BY"));
    }
}
