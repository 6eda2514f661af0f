using SockSort.Log;

namespace SockSort.Sorting.Topics;

/// <summary>Reads the sightings out of their topic, each as it was last told.</summary>
public static class SightingHistory
{
    /// <returns>In the order in which they began to count.</returns>
    public static IReadOnlyList<SightingRow> Read(ILogReader log)
    {
        if (log.FindTopic(SortingNames.Sightings) is null)
            return [];
        // Keeps the place of a key whose value is set again.
        var rows = new OrderedDictionary<string, SightingRow>(StringComparer.Ordinal);
        foreach (var record in log.Batches(SortingNames.Sightings, partition: 0, from: 0).SelectMany(records => records))
        {
            if (SightingRow.Of(record) is { } row)
                rows[row.Id] = row;
        }
        return [.. rows.Values];
    }
}
