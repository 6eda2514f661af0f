using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>Reads the ledger as it was at any moment: each of its changes lies in its topic.</summary>
public static class LedgerHistory
{
    /// <param name="topic">The ledger's.</param>
    /// <param name="until">The last moment whose changes count; null for all there is.</param>
    /// <returns>The rows by name; none where nothing has been counted.</returns>
    public static IReadOnlyList<LedgerRow> Read(ILogReader log, string topic, DateTimeOffset? until)
    {
        var rows = new SortedDictionary<string, LedgerRow>(StringComparer.Ordinal);
        if (log.FindTopic(topic) is null)
            return [];
        var lastMs = (until ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds();
        foreach (var record in log.Batches(topic, partition: 0, from: 0).SelectMany(records => records))
        {
            if (record.TimestampMs > lastMs || record.Key is null)
                continue;
            if (LedgerRow.Of(record) is { } row)
                rows[row.Sock] = row;
            else
                _ = rows.Remove(LedgerRow.SockOf(record));
        }
        return [.. rows.Values];
    }
}
