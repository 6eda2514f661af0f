using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>A pair that was found, as its topic has it.</summary>
/// <param name="FoundAtMs">Milliseconds since 1970, UTC.</param>
public sealed record PairRow(string Sock, long FoundAtMs)
{
    /// <returns>The sock whose last pair a record takes back; null where it takes none back.</returns>
    public static string? TakenBackBy(in LogRecord record) => record.Value is null ? JsonRow.KeyOf(record) : null;

    /// <returns>Null where the record is no pair.</returns>
    public static PairRow? Of(in LogRecord record)
    {
        using var row = JsonRow.Of(record);
        return row is null ? null : new(JsonRow.KeyOf(record), row.Whole("FOUND_AT"));
    }
}
