namespace SockSort.Dashboard.Watching;

/// <summary>A topic as the list shows it.</summary>
/// <param name="Source">The streams and tables over it; empty for none.</param>
internal sealed record TopicRow(string Name, int Partitions, long Records, long Bytes, double PerSecond, string Source);

/// <summary>A record as pages show it.</summary>
/// <param name="Key">Null for none.</param>
/// <param name="Value">Null for a tombstone.</param>
internal sealed record RecordRow(int Partition, long Offset, DateTimeOffset At, string? Key, string? Value)
{
    /// <summary>Whether key or value hold a text, in whatever case.</summary>
    public bool Holds(string text) =>
        text.Length == 0
        || Key?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || Value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
