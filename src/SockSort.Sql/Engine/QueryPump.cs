using SockSort.Sql.Execution;
using SockSort.Sql.Functions;
using SockSort.Sql.Topics;

namespace SockSort.Sql.Engine;

/// <summary>
/// Moves records from topics through queries, one round at a time: queries at the same place of a topic share one read; among topics the
/// record with the lowest timestamp goes first, as in Kafka Streams.
/// </summary>
internal sealed class QueryPump(ITopics topics, TimeProvider clock, MemoryGuard memory, IEngineObserver? observer) : ITopicWriter
{
    private const int BatchSize = 1000;

    private readonly List<RunningQuery> _queries = [];
    private readonly Dictionary<string, List<NewRecord>> _pending = new(StringComparer.Ordinal);

    public IReadOnlyList<RunningQuery> Queries => _queries;

    public void Add(RunningQuery query) => _queries.Add(query);

    public void Remove(RunningQuery query) => _queries.Remove(query);

    public void Write(string topic, NewRecord record)
    {
        if (!_pending.TryGetValue(topic, out var list))
            _pending[topic] = list = [];
        list.Add(record);
    }

    /// <summary>Reads and processes what is there, up to a batch of each topic.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool Round()
    {
        var readings = Readings();
        if (readings.Count == 0)
            return false;
        if (readings.Count == 1)
            readings[0].ProcessAll();
        else
            Merge(readings);
        foreach (var reading in readings)
            reading.Arrived(clock.GetUtcNow());
        Flush();
        Report(readings);
        memory.Check(_queries);
        return true;
    }

    /// <summary>Lets windows close by the wall clock: stream time goes on since each query's last record.</summary>
    public void AdvanceTime()
    {
        var now = clock.GetUtcNow();
        foreach (var query in _queries.Where(query => query.State == QueryState.Running && query.LastRecordAt != default))
        {
            var idle = (long)(now - query.LastRecordAt).TotalMilliseconds;
            foreach (var source in query.Built.Sources.Where(source => source.StreamTime > long.MinValue))
                Guard(query, () => source.Next!.AdvanceTime(source.StreamTime + idle));
        }
        Flush();
    }

    /// <summary>Appends what operators have written.</summary>
    public void Flush()
    {
        var appends = _pending.Where(pair => pair.Value.Count > 0).Select(pair => new TopicAppend(pair.Key, 0, [.. pair.Value])).ToList();
        if (appends.Count > 0)
        {
            topics.AppendAll(appends);
            foreach (var records in _pending.Values)
                records.Clear();
        }
        if (observer is null)
            return;
        foreach (var query in _queries)
        {
            var rows = query.Built.Metrics.Written - query.RowsReported;
            query.RowsReported += rows;
            if (rows > 0)
                observer.Written(query.Id, rows);
        }
    }

    /// <summary>An error that no single record explains ends the query, not the engine.</summary>
    private static void Guard(RunningQuery query, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is FunctionException or SqlException or InvalidOperationException or NotSupportedException or ArithmeticException)
        {
            query.Fail(error);
        }
    }

    private List<Reading> Readings()
    {
        var places = _queries.Where(query => query.CanRead).SelectMany(query => query.Subscriptions)
            .GroupBy(subscription => (subscription.Topic, subscription.Partition))
            .OrderBy(group => group.Key.Topic, StringComparer.Ordinal).ThenBy(group => group.Key.Partition);
        var readings = new List<Reading>();
        foreach (var place in places)
        {
            var byOffset = place.GroupBy(subscription => subscription.Next).OrderBy(group => group.Key).ToList();
            for (var i = 0; i < byOffset.Count; i++)
            {
                // Who is behind reads only up to the next one's place, so that both go on together.
                var most = i + 1 < byOffset.Count ? (int)Math.Min(BatchSize, byOffset[i + 1].Key - byOffset[i].Key) : BatchSize;
                var records = topics.Read(place.Key.Topic, place.Key.Partition, byOffset[i].Key, most);
                if (records.Count > 0)
                    readings.Add(new([.. byOffset[i]], records, isFull: records.Count == most));
            }
        }
        return readings;
    }

    /// <summary>Stops when a full batch is used up: its topic may hold older records than the others' next ones.</summary>
    private static void Merge(List<Reading> readings)
    {
        while (true)
        {
            Reading? first = null;
            foreach (var reading in readings)
            {
                if (reading.Head is { } head && (first is null || head.Timestamp < first.Head!.Timestamp))
                    first = reading;
            }
            if (first is null)
                return;
            first.ProcessNext();
            if (first is { Head: null, IsFull: true })
                return;
        }
    }

    private void Report(List<Reading> readings)
    {
        if (observer is null)
            return;
        foreach (var reading in readings)
            reading.Report(observer);
    }

    /// <summary>Records of one place and the queries that stand there.</summary>
    private sealed class Reading(IReadOnlyList<Subscription> subscriptions, IReadOnlyList<TopicRecord> records, bool isFull)
    {
        private int _at;

        public bool IsFull => isFull;

        public TopicRecord? Head => _at < records.Count ? records[_at] : null;

        public void ProcessAll()
        {
            while (_at < records.Count)
                ProcessNext();
        }

        public void ProcessNext()
        {
            var record = records[_at++];
            foreach (var subscription in subscriptions)
            {
                if (subscription.Query.State != QueryState.Running)
                    continue;
                Process(subscription, record);
                subscription.Next = record.Offset + 1;
            }
        }

        public void Arrived(DateTimeOffset now)
        {
            foreach (var subscription in subscriptions)
                subscription.Query.LastRecordAt = now;
        }

        public void Report(IEngineObserver observer)
        {
            foreach (var subscription in subscriptions)
            {
                for (var i = 0; i < _at; i++)
                    observer.Processed(subscription.Query.Id, subscription.Topic, records[i].Partition, records[i].Offset);
            }
        }

        private static void Process(Subscription subscription, TopicRecord record)
        {
            try
            {
                subscription.Source.Process(record);
            }
            catch (Exception error) when (error is FunctionException or SqlException or InvalidOperationException or NotSupportedException or ArithmeticException)
            {
                subscription.Query.Fail(SqlErrors.RecordFailed(subscription.Topic, record.Offset, error));
            }
        }
    }
}
