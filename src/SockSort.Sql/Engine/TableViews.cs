using System.Buffers.Binary;
using SockSort.Sql.Catalog;
using SockSort.Sql.Execution;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Topics;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine;

/// <summary>The newest record of each key of a table's topic, kept for pull queries once one has asked for it.</summary>
internal sealed class TableViews(EngineCore core)
{
    private const int BatchSize = 5000;

    private readonly Dictionary<string, View> _views = new(StringComparer.Ordinal);

    /// <summary>The rows of a query over what its sources hold now.</summary>
    public RowsResult Pull(PlannedQuery plan, SqlSession session)
    {
        if (plan.Sources.Count > 1)
            throw SqlErrors.PullOfJoin(plan.Syntax.From.Span);
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
        foreach (var source in built.Sources)
        {
            foreach (var record in RecordsOf(plan, source.Topic))
                source.Process(record);
        }
        return new(plan.Schema.Values, [.. rows.Values.Take(limit)]);
    }

    private static Slot[] KeyOf(ref Change change) => [.. change.Key ?? [], Slot.Of(change.WindowStart), Slot.Of(change.WindowEnd)];

    private IEnumerable<TopicRecord> RecordsOf(PlannedQuery plan, string topic)
    {
        var source = plan.Sources.First(source => source.Source.Topic == topic).Source;
        if (!source.IsTable)
            return AllRecords(topic);
        if (!_views.TryGetValue(topic, out var view))
            _views[topic] = view = new(source, core.Topics.Find(topic)?.Partitions ?? 1);
        view.CatchUp(core.Topics);
        return view.Records;
    }

    private IEnumerable<TopicRecord> AllRecords(string topic)
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

    private sealed class View(DataSource source, int partitions)
    {
        private const int ForgettingsInRetention = 8;

        private readonly long? _keptMs = source.Window is null ? null : (long?)source.RowsKept?.TotalMilliseconds;
        private readonly Dictionary<SqlBytes, TopicRecord> _newest = [];
        private readonly long[] _next = new long[partitions];
        private long _newestMs;
        private long _forgottenAt;

        public IEnumerable<TopicRecord> Records => _newest.Values;

        public void CatchUp(ITopics topics)
        {
            for (var partition = 0; partition < partitions; partition++)
            {
                while (topics.Read(source.Topic, partition, _next[partition], BatchSize) is { Count: > 0 } records)
                {
                    foreach (var record in records.Where(record => record.Key is not null))
                        Take(record);
                    _next[partition] = records[^1].Offset + 1;
                    ForgetOldWindows();
                }
            }
        }

        private void ForgetOldWindows()
        {
            if (_keptMs is not { } keptMs || _newestMs - _forgottenAt < keptMs / ForgettingsInRetention)
                return;
            _forgottenAt = _newestMs;
            foreach (var key in _newest.Keys)
            {
                if (MomentOf(key.Content) < _newestMs - keptMs)
                    _ = _newest.Remove(key);
            }
        }

        /// <summary>A window's start, a session's end, as they stand in the key.</summary>
        private long MomentOf(byte[] key) => key.Length < WindowLength ? long.MaxValue : BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(key.Length - WindowLength));

        private int WindowLength => source.Window!.Kind == WindowKind.Session ? 16 : 8;

        private void Take(TopicRecord record)
        {
            _newestMs = Math.Max(_newestMs, record.Timestamp);
            var key = new SqlBytes(record.Key!.Value.ToArray());
            if (record.Value is null)
                _ = _newest.Remove(key);
            else
                _newest[key] = record with { Key = key.Content, Value = NewRecord.Memory(record.Value?.ToArray()) };
        }
    }
}
