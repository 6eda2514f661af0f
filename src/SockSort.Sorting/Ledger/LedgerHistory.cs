using System.Text;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.Sorting.Ledger;

/// <summary>A row of the ledger, as its topic has it.</summary>
/// <param name="LastSeenMs">Milliseconds since 1970, UTC.</param>
public sealed record LedgerRow(
    string Sock, long Seen, long Pairs, long Odd, long LastSeenMs, string? LastSighting, long Wash, long TotalSeen, long TotalPairs);

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
        foreach (var record in log.Batches(topic, partition: 0, from: 0).SelectMany(records => records))
        {
            if (record.TimestampMs > (until ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds() || record.Key is not { } key)
                continue;
            var sock = Encoding.UTF8.GetString(key.Span);
            if (record.Value is { } value)
                rows[sock] = RowOf(sock, value);
            else
                _ = rows.Remove(sock);
        }
        return [.. rows.Values];
    }

    private static LedgerRow RowOf(string sock, ReadOnlyMemory<byte> value)
    {
        using var json = JsonDocument.Parse(value);
        var row = json.RootElement;
        return new(
            sock, row.GetProperty("SEEN").GetInt64(), row.GetProperty("PAIRS").GetInt64(), row.GetProperty("ODD").GetInt64(),
            row.GetProperty("LAST_SEEN").GetInt64(), row.GetProperty("LAST_SIGHTING").GetString(), row.GetProperty("WASH").GetInt64(),
            row.GetProperty("TOTAL_SEEN").GetInt64(), row.GetProperty("TOTAL_PAIRS").GetInt64());
    }
}
