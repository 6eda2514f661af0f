using SockSort.Log;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>What the next commit writes: records of queries and statements, topics that statements make, queries that they end.</summary>
/// <param name="log">Takes the commits.</param>
/// <param name="placer">Divides the records among the partitions of their topics, as they are handed over.</param>
internal sealed class WriteBuffer(ILog log, RecordPlacer placer) : ITopicWriter
{
    private readonly Dictionary<string, Rows> _rows = new(StringComparer.Ordinal);
    private readonly List<NewTopic> _topics = [];
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

    // Most rows go where the one before went.
    private string? _lastTopic;
    private Rows _last = new();

    // Stands for the statements, which belong to no query.
    private readonly QueryMetrics _statements = new();

    /// <summary>Topics that the next commit makes.</summary>
    public IReadOnlyList<NewTopic> Topics => _topics;

    /// <summary>Bytes of the records that wait.</summary>
    public long Bytes { get; private set; }

    public long MostRecordBytes => log.MostRecordBytes;

    /// <summary>Makes a topic with the next commit.</summary>
    public void Create(NewTopic topic) => _topics.Add(topic);

    /// <summary>Forgets with the next commit what is kept of a query: it has ended, or another one takes its id.</summary>
    public void Forget(string queryId) => _ = _forgotten.Add(queryId);

    /// <summary>Whether what the log keeps under an id is forgotten with the next commit.</summary>
    public bool Forgets(string queryId) => _forgotten.Contains(queryId);

    /// <summary>Writes what no query has made: a statement.</summary>
    /// <exception cref="LogException">It is too large for a topic.</exception>
    public void Write(string topic, NewRecord record)
    {
        if (!Write(topic, record, _statements))
            throw new LogException(
                LogErrorKind.WrongRequest, $"the statement is in force, but is not kept for the next start: {_statements.LastError}");
    }

    public bool Write(string topic, NewRecord record, QueryMetrics query, int windowBytes = 0)
    {
        var length = record.LengthBytes;
        if (length > MostRecordBytes)
        {
            // The log would refuse it for ever, and with it all that is written beside.
            query.Skip($"a row was left out: it makes a record of {length} bytes, and topic '{topic}' takes {MostRecordBytes} at most");
            return false;
        }
        Bytes += length;
        if (!ReferenceEquals(topic, _lastTopic))
            (_lastTopic, _last) = (topic, RowsOf(topic));
        _last.Add(query, record, windowBytes);
        return true;
    }

    /// <summary>Throws away what waits for a topic that is deleted.</summary>
    public void DiscardTopic(string topic)
    {
        _ = _rows.Remove(topic);
        _lastTopic = null;
        _ = _topics.RemoveAll(made => made.Name == topic);
    }

    /// <summary>Throws away what a query has written since the last commit.</summary>
    public void DiscardRecordsOf(QueryMetrics query)
    {
        foreach (var rows in _rows.Values)
            rows.Discard(query);
    }

    /// <summary>Throws away all records, those that were handed over too: they are not stored.</summary>
    public void DiscardRecords()
    {
        foreach (var rows in _rows.Values)
            rows.DiscardAll();
        Bytes = 0;
    }

    /// <summary>The numbers of partitions of the topics that have records waiting.</summary>
    /// <exception cref="LogException">The log cannot tell; the records wait on.</exception>
    public IReadOnlyDictionary<string, int> Partitions() => _rows.Where(pair => pair.Value.Count > 0)
        .ToDictionary(pair => pair.Key, pair => PartitionsOf(pair.Key), StringComparer.Ordinal);

    /// <summary>Hands the records over to a commit, which has them until <see cref="Stored"/> is called.</summary>
    /// <param name="partitions">As <see cref="Partitions"/> gave them.</param>
    public IReadOnlyList<TopicAppend> TakeRecords(IReadOnlyDictionary<string, int> partitions)
    {
        Bytes = 0;
        return [.. partitions.SelectMany(topic => _rows[topic.Key].Take(topic.Key, topic.Value, placer))];
    }

    /// <summary>What was handed over has been stored: its lists are used again.</summary>
    public void Stored()
    {
        foreach (var rows in _rows.Values)
            rows.Stored();
    }

    /// <summary>Hands the ids of forgotten queries over to a commit.</summary>
    public IReadOnlyList<string> TakeForgotten()
    {
        if (_forgotten.Count == 0)
            return [];
        var ids = _forgotten.ToList();
        _forgotten.Clear();
        return ids;
    }

    /// <summary>Hands the topics over to a commit.</summary>
    public IReadOnlyList<NewTopic> TakeTopics()
    {
        if (_topics.Count == 0)
            return [];
        // A connector may have made one in the meantime.
        var absent = _topics.Where(topic => log.FindTopic(topic.Name) is null).ToList();
        _topics.Clear();
        return absent;
    }

    /// <summary>A topic that nobody has created is with its first records, with one partition.</summary>
    private int PartitionsOf(string topic) =>
        log.PartitionCountOf(topic) ?? _topics.Find(made => made.Name == topic)?.Partitions ?? 1;

    private Rows RowsOf(string topic)
    {
        if (!_rows.TryGetValue(topic, out var rows))
            _rows[topic] = rows = new();
        return rows;
    }

    /// <summary>The records that wait for one topic.</summary>
    /// <remarks>
    /// Two lists take turns. A commit's list would be a large object each time, and of those a few make the collector go through all
    /// memory.
    /// </remarks>
    private sealed class Rows
    {
        private readonly List<(QueryMetrics Query, int WindowBytes)> _origins = [];
        private List<NewRecord> _records = [];
        private List<NewRecord>? _taken;

        public int Count => _records.Count;

        public void Add(QueryMetrics query, NewRecord record, int windowBytes)
        {
            _origins.Add((query, windowBytes));
            _records.Add(record);
        }

        public void Discard(QueryMetrics query)
        {
            var kept = 0;
            for (var i = 0; i < Count; i++)
            {
                if (!ReferenceEquals(_origins[i].Query, query))
                    (_origins[kept], _records[kept++]) = (_origins[i], _records[i]);
            }
            _origins.RemoveRange(kept, _origins.Count - kept);
            _records.RemoveRange(kept, _records.Count - kept);
        }

        public void DiscardAll()
        {
            _origins.Clear();
            _records.Clear();
            Stored();
        }

        public IReadOnlyList<TopicAppend> Take(string topic, int partitions, RecordPlacer placer)
        {
            var appends = placer.Place(topic, _records, partitions, at => _origins[at].WindowBytes);
            var taken = _records;
            _records = _taken is { Count: 0 } stored ? stored : [];
            _taken = taken;
            _origins.Clear();
            return appends;
        }

        public void Stored() => _taken?.Clear();
    }
}
