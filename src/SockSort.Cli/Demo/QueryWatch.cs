using System.Collections.Concurrent;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Cli.Demo;

/// <summary>Hears from the SQL engine how far its queries are.</summary>
/// <param name="topic">The topic that the frames' messages come to.</param>
/// <param name="firstOffset">Its end when the demo began.</param>
internal sealed class QueryWatch(string topic, long firstOffset, DemoMeter meter) : IEngineObserver
{
    private readonly ConcurrentDictionary<string, long> _upTo = new(StringComparer.Ordinal);
    private bool _isCounting;

    /// <summary>Raised once, before the first record of this demo counts.</summary>
    public event Action? CountingBegins;

    /// <summary>Raised when the last record of earlier demos was read; not where there is none.</summary>
    public event Action? OlderDone;

    public void Processed(string queryId, string readTopic, int partition, long offset)
    {
        _upTo[readTopic] = offset;
        if (readTopic != topic)
            return;
        // Not with the first of this demo: it may be unreadable itself, and is told of when that has been counted.
        if (offset == firstOffset - 1)
            OlderDone?.Invoke();
        if (offset < firstOffset)
            return;
        if (!_isCounting)
            CountingBegins?.Invoke();
        _isCounting = true;
        meter.OnRead(offset);
    }

    public void Written(string queryId, long rows)
    {
        // Rows are counted where they arrive.
    }

    /// <summary>Whether the queries have read all that lies in the topics that they read.</summary>
    /// <param name="end">Gives a topic's next offset.</param>
    public bool IsIdle(Func<string, long> end) => _upTo.All(topic => topic.Value + 1 >= end(topic.Key));
}
