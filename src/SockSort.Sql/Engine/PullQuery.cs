using SockSort.Sql.Execution;
using SockSort.Sql.Planning;
using SockSort.Sql.Topics;

namespace SockSort.Sql.Engine;

/// <summary>A SELECT over what its source holds now. It is planned under the engine's lock and runs without: no other query waits for it.</summary>
/// <param name="view">Of the table; null for a stream.</param>
internal sealed class PullQuery(PlannedQuery plan, TableView? view, EngineCore core, SqlSession session)
{
    private const int BatchSize = 5000;

    /// <exception cref="SqlException">It takes too long, or there is no room for its table's rows.</exception>
    public RowsResult Run()
    {
        var rows = new OrderedDictionary<Slot[], object?[]>(State.RowKeyComparer.Instance);
        var (metrics, converter, streamed) = (new QueryMetrics(), new RowConverter(plan), 0L);
        var limit = plan.Syntax.Limit ?? int.MaxValue;
        var built = core.Builder(metrics, session).Build(plan.Root, new RowSink((ref Change change) =>
        {
            var key = plan.IsTable ? KeyOf(ref change) : [Slot.Of(streamed++)];
            if (converter.Convert(ref change) is { IsTombstone: false } row)
                rows[key] = row.Values;
            else
                _ = rows.Remove(key);
        }));
        var start = core.Options.Time.GetTimestamp();
        foreach (var record in view is null ? Records(built.Sources[0].Topic) : RowsOf(view))
        {
            built.Sources[0].Process(record);
            // Of a stream the first rows are the answer; of a table any record may still take one away.
            if (!plan.IsTable && rows.Count >= limit)
                break;
            if (core.Options.Time.GetElapsedTime(start) > core.Options.PullPatience)
                throw SqlErrors.PullTooLong(core.Options.PullPatience, plan.Syntax.From.Span);
        }
        return new(plan.Schema.Values, [.. rows.Values.Take(limit)]);
    }

    private static Slot[] KeyOf(ref Change change) => [.. change.Key ?? [], Slot.Of(change.WindowStart), Slot.Of(change.WindowEnd)];

    private IEnumerable<TopicRecord> RowsOf(TableView view) => view.Rows(PullKeys.Of(plan.Syntax.Where, view.Table)).Select(row => row.Record);

    private IEnumerable<TopicRecord> Records(string topic)
    {
        var partitions = core.Topics.Find(topic)?.Partitions ?? 1;
        for (var partition = 0; partition < partitions; partition++)
        {
            for (var next = 0L; core.Topics.Read(topic, partition, next, BatchSize) is { Count: > 0 } records; next = records[^1].Offset + 1)
            {
                foreach (var record in records)
                    yield return record;
            }
        }
    }
}
