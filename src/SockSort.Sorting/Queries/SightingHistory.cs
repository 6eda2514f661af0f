using System.Text;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.Sorting.Queries;

/// <summary>A sighting, as its topic has it.</summary>
/// <param name="SeenFromMs">Milliseconds since 1970, UTC, as <paramref name="SeenToMs"/>.</param>
/// <param name="Confidence">Percent.</param>
/// <param name="ClosedBy">Null while it goes on.</param>
public sealed record SightingRow(
    string Id, string Camera, string Sock, long SeenFromMs, long SeenToMs, long Frames, double Confidence, string? ClosedBy);

/// <summary>Reads the sightings out of their topic, each as it was last told.</summary>
public static class SightingHistory
{
    /// <returns>In the order in which they began to count.</returns>
    public static IReadOnlyList<SightingRow> Read(ILogReader log)
    {
        if (log.FindTopic(SortingNames.Sightings) is null)
            return [];
        var (rows, order) = (new Dictionary<string, SightingRow>(StringComparer.Ordinal), new List<string>());
        foreach (var record in log.Batches(SortingNames.Sightings, partition: 0, from: 0).SelectMany(records => records))
        {
            if (record.Key is not { } key || record.Value is not { } value)
                continue;
            var id = Encoding.UTF8.GetString(key.Span);
            if (!rows.ContainsKey(id))
                order.Add(id);
            rows[id] = RowOf(id, value);
        }
        return [.. order.Select(id => rows[id])];
    }

    private static SightingRow RowOf(string id, ReadOnlyMemory<byte> value)
    {
        using var json = JsonDocument.Parse(value);
        var row = json.RootElement;
        return new(
            id, row.GetProperty("CAMERA").GetString()!, row.GetProperty("SOCK").GetString()!, row.GetProperty("SEEN_FROM").GetInt64(),
            row.GetProperty("SEEN_TO").GetInt64(), row.GetProperty("FRAMES").GetInt64(), row.GetProperty("CONFIDENCE").GetDouble(),
            row.GetProperty("CLOSED_BY").GetString());
    }
}
