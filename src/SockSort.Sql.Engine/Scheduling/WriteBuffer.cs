using SockSort.Log;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>What the next commit writes: records of queries and of statements, and the topics that statements make.</summary>
internal sealed class WriteBuffer(ILog log) : ITopicWriter
{
    private readonly Dictionary<string, List<(QueryMetrics Query, NewRecord Record)>> _records = new(StringComparer.Ordinal);
    private readonly List<NewTopic> _topics = [];

    // Most rows go where the one before went.
    private string? _lastTopic;
    private List<(QueryMetrics Query, NewRecord Record)> _last = [];

    // Stands for the statements, which belong to no query.
    private readonly QueryMetrics _statements = new();

    /// <summary>Topics that the next commit makes.</summary>
    public IReadOnlyList<NewTopic> Topics => _topics;

    /// <summary>Bytes of the records that wait.</summary>
    public long Bytes { get; private set; }

    public long MostRecordBytes => log.MostRecordBytes;

    /// <summary>Makes a topic with the next commit.</summary>
    public void Create(NewTopic topic) => _topics.Add(topic);

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
        if (!ReferenceEquals(topic, _lastTopic))
            (_lastTopic, _last) = (topic, RecordsOf(topic));
        _last.Add((query, record));
        return true;
    }

    /// <summary>Throws away what waits for a topic that is deleted.</summary>
    public void DiscardTopic(string topic)
    {
        _ = _records.Remove(topic);
        _lastTopic = null;
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
            .Select(pair => new TopicAppend(pair.Key, 0, pair.Value.ConvertAll(row => row.Record)))
            .ToList();
        foreach (var records in _records.Values)
            records.Clear();
        Bytes = 0;
        return appends;
    }

    /// <summary>Hands the topics over to a commit.</summary>
    public IReadOnlyList<NewTopic> TakeTopics()
    {
        // A connector may have made one in the meantime.
        var absent = _topics.Where(topic => log.FindTopic(topic.Name) is null).ToList();
        _topics.Clear();
        return absent;
    }

    private List<(QueryMetrics Query, NewRecord Record)> RecordsOf(string topic)
    {
        if (!_records.TryGetValue(topic, out var list))
            _records[topic] = list = [];
        return list;
    }
}
