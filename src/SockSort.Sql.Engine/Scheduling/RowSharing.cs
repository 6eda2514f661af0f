using System.Runtime.CompilerServices;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>
/// Lets queries that stand at one place of a topic, and read the same stream or table there, share the reading of its rows.
/// </summary>
internal sealed class RowSharing
{
    private readonly ConditionalWeakTable<DataSource, SharedRows> _rows = [];

    /// <returns>What reads for several of them, to be told of each next record.</returns>
    public SharedRows[] Share(IReadOnlyList<SourceReader> readers)
    {
        if (readers is [var alone])
        {
            Part(alone);
            return [];
        }
        var shared = new List<SharedRows>();
        var bySource = readers.GroupBy(reader => reader.Source, ReferenceEqualityComparer.Instance);
        foreach (var same in bySource)
        {
            if (same.Count() == 1)
            {
                Part(same.First());
                continue;
            }
            var rows = _rows.GetValue((DataSource)same.Key!, source => new(source));
            shared.Add(rows);
            foreach (var source in same.Where(source => source.Shared?.Rows != rows))
                source.Shared = rows.For(source.ValueColumns);
        }
        return [.. shared];
    }

    /// <summary>Who is left alone reads its own columns again; what the others needed is not read for ever.</summary>
    private void Part(SourceReader source)
    {
        if (source.Shared is null)
            return;
        source.Shared = null;
        _ = _rows.Remove(source.Source);
    }
}
