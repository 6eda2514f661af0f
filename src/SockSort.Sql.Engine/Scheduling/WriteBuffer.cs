using SockSort.Log;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>What the next commit writes: records of queries and statements, topics that statements make, queries that they end.</summary>
internal sealed class WriteBuffer(ILog log) : ITopicWriter
{
    private readonly Dictionary<string, List<(QueryMetrics Query, NewRecord Record)>> _records = new(StringComparer.Ordinal);
    private readonly List<NewTopic> _topics = [];
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

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

    public bool Write(string topic, NewRecord record, QueryMetrics query)
    {
        var length = record.LengthBytes;
        if (length > MostRecordBytes)
        {
            // The log would refuse it for ever, and with it all that is written beside.
            query.Skip($"a row was left out: it makes a record of {length} bytes, and topic '{topic}' takes {MostRecordBytes} at most");
            return false;
        }
        Bytes += length;
        if (!_records.TryGetValue(topic, out var list))
            _records[topic] = list = [];
        list.Add((query, record));
        return true;
    }

    /// <summary>Throws away what waits for a topic that is deleted.</summary>
    public void DiscardTopic(string topic)
    {
        _ = _records.Remove(topic);
        _ = _topics.RemoveAll(made => made.Name == topic);
    }

    /// <summary>Throws away what a query has written since the last commit.</summary>
    public void DiscardRecordsOf(QueryMetrics query)
    {
        foreach (var records in _records.Values)
            _ = records.RemoveAll(row => ReferenceEquals(row.Query, query));
    }

    /// <summary>Hands the records over to a commit.</summary>
    public IReadOnlyList<TopicAppend> TakeRecords()
    {
        var appends = _records.Where(pair => pair.Value.Count > 0)
            .Select(pair => new TopicAppend(pair.Key, 0, [.. pair.Value.Select(row => row.Record)]))
            .ToList();
        foreach (var records in _records.Values)
            records.Clear();
        Bytes = 0;
        return appends;
    }

    /// <summary>Hands the ids of forgotten queries over to a commit.</summary>
    public IReadOnlyList<string> TakeForgotten()
    {
        var ids = _forgotten.ToList();
        _forgotten.Clear();
        return ids;
    }

    /// <summary>Hands the topics over to a commit.</summary>
    public IReadOnlyList<NewTopic> TakeTopics()
    {
        // A connector may have made one in the meantime.
        var absent = _topics.Where(topic => log.FindTopic(topic.Name) is null).ToList();
        _topics.Clear();
        return absent;
    }
}
