using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>What became of a correction, as its topic has it.</summary>
/// <param name="Id">The correction's.</param>
/// <param name="Reason">What is wrong and what to do; null where it was accepted.</param>
public sealed record CorrectionResult(string Id, bool IsAccepted, string? Reason)
{
    /// <returns>Null where the record is none.</returns>
    public static CorrectionResult? Of(in LogRecord record)
    {
        using var row = JsonRow.Of(record);
        return row is null ? null : new(JsonRow.KeyOf(record), row.IsTrue("ACCEPTED"), row.Text("REASON"));
    }
}
