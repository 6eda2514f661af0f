using System.Buffers.Binary;
using System.Runtime.InteropServices;
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

    // By table, as it was made, with the offset of the first row of the query that writes it now: one that was dropped and made again has neither
    // the old one's rows nor its form.
    private readonly Dictionary<string, (DataSource Table, long Begin, View View)> _views = new(StringComparer.Ordinal);

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
        var start = core.Options.Time.GetTimestamp();
        foreach (var source in built.Sources)
        {
            foreach (var record in RecordsOf(plan, source.Topic))
            {
                source.Process(record);
                // Of a stream the first rows are the answer; of a table any record may still take one away.
                if (!plan.IsTable && rows.Count >= limit)
                    break;
                if (core.Options.Time.GetElapsedTime(start) > core.Options.PullPatience)
                    throw SqlErrors.PullTooLong(core.Options.PullPatience, plan.Syntax.From.Span);
            }
        }
        return new(plan.Schema.Values, [.. rows.Values.Take(limit)]);
    }

    private static Slot[] KeyOf(ref Change change) => [.. change.Key ?? [], Slot.Of(change.WindowStart), Slot.Of(change.WindowEnd)];

    private IEnumerable<TopicRecord> RecordsOf(PlannedQuery plan, string topic)
    {
        var source = plan.Sources.First(source => source.Source.Topic == topic).Source;
        if (!source.IsTable)
            return AllRecords(topic);
        var begin = core.PersistentQueries.FirstOrDefault(query => query.Id == source.QueryId)?.Output?.Begin ?? 0;
        if (!_views.TryGetValue(source.Name, out var known) || !ReferenceEquals(known.Table, source) || known.Begin != begin)
            _views[source.Name] = known = (source, begin, new(source, core.Topics.Find(topic)?.Partitions ?? 1, begin));
        known.View.CatchUp(core.Topics);
        return PullKeys.Of(plan.Syntax.Where, source) is { } keys ? known.View.RecordsOf(keys) : known.View.Records;
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

    /// <param name="source">The table.</param>
    /// <param name="partitions">Of its topic.</param>
    /// <param name="begin">In the first of them, which is the one that queries write.</param>
    private sealed class View(DataSource source, int partitions, long begin)
    {
        private const int ForgettingsInRetention = 8;

        private readonly long? _keptMs = source.Window is null ? null : (long?)source.RowsKept?.TotalMilliseconds;
        private readonly Dictionary<SqlBytes, TopicRecord> _newest = [];

        // Of a windowed table: the whole keys, with their windows, of each key.
        private readonly Dictionary<SqlBytes, List<SqlBytes>> _windows = [];
        private readonly long[] _next = [begin, .. new long[partitions - 1]];
        private long _newestMs;
        private long _forgottenAt;

        public IEnumerable<TopicRecord> Records => _newest.Values;

        /// <param name="keys">Without windows.</param>
        public IEnumerable<TopicRecord> RecordsOf(IEnumerable<SqlBytes> keys)
        {
            foreach (var key in keys)
            {
                foreach (var whole in source.Window is null ? [key] : _windows.GetValueOrDefault(key, []))
                {
                    if (_newest.TryGetValue(whole, out var record))
                        yield return record;
                }
            }
        }

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
                    Remove(key);
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
            {
                Remove(key);
                return;
            }
            if (source.Window is not null && !_newest.ContainsKey(key))
                WindowsOf(key).Add(key);
            // Bytes of its own: those of the record would keep the whole batch that they lie in.
            _newest[key] = record with { Key = key.Content, Value = record.Value.Value.ToArray() };
        }

        private void Remove(SqlBytes key)
        {
            if (!_newest.Remove(key) || source.Window is null)
                return;
            var windows = WindowsOf(key);
            _ = windows.Remove(key);
            if (windows.Count == 0)
                _ = _windows.Remove(WithoutWindow(key));
        }

        private List<SqlBytes> WindowsOf(SqlBytes key) => CollectionsMarshal.GetValueRefOrAddDefault(_windows, WithoutWindow(key), out _) ??= [];

        private SqlBytes WithoutWindow(SqlBytes key) => new(key.Content[..Math.Max(0, key.Content.Length - WindowLength)]);
    }
}
