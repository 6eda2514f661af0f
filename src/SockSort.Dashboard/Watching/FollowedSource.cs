using SockSort.Log;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine;

namespace SockSort.Dashboard.Watching;

/// <summary>Follows the topic of a stream or table, which may not exist yet, from its first record on.</summary>
/// <param name="name">One of <see cref="SortingNames"/>.</param>
internal sealed class FollowedSource(string name, SqlEngine engine, ILog log)
{
    private long[] _next = [];
    private string? _topic;

    /// <summary>Whether the stream or table exists.</summary>
    public bool IsThere => _topic is not null;

    /// <summary>Looks whether the stream or table exists, which costs the engine's lock.</summary>
    public void Look()
    {
        var topic = engine.Snapshot().Source(SortingNames.InSql(name))?.Topic;
        if (topic == _topic)
            return;
        _topic = topic;
        _next = [];
    }

    /// <summary>Reads what has come since the last call, at most some thousand records a call.</summary>
    public IEnumerable<LogRecord> Read()
    {
        if (_topic is null || log.FindTopic(_topic) is not { } topic)
            yield break;
        if (_next.Length != topic.Partitions)
            _next = new long[topic.Partitions];
        for (var partition = 0; partition < _next.Length; partition++)
        {
            foreach (var record in log.Read(_topic, partition, _next[partition], 5000))
            {
                _next[partition] = record.Offset + 1;
                yield return record;
            }
        }
    }
}
