using System.Collections.Concurrent;
using SockSort.Sorting.Queries;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Cli.Demo;

/// <summary>Observes how far the engine's queries have read their topics.</summary>
/// <param name="topic">The topic of the frames' messages.</param>
/// <param name="firstOffset">The topic's end offset when the demo started.</param>
internal sealed class QueryWatch(string topic, long firstOffset, DemoMeter meter) : IEngineObserver
{
    private readonly ConcurrentDictionary<string, long> _upTo = new(StringComparer.Ordinal);
    private bool _isCounting;
    private string? _query;

    /// <summary>Raised once, before the first record of this demo counts.</summary>
    public event Action? CountingBegins;

    /// <summary>Raised when the last record of earlier demos was read; never if there is none.</summary>
    public event Action? OlderRecordsRead;

    public void Processed(string queryId, string readTopic, int partition, long offset)
    {
        _upTo[readTopic] = offset;
        if (readTopic != topic || !IsOfScript(queryId))
            return;
        // Not with the first record of this demo, which may be unreadable itself and must then be counted.
        if (offset == firstOffset - 1)
            OlderRecordsRead?.Invoke();
        if (offset < firstOffset)
            return;
        if (!_isCounting)
            CountingBegins?.Invoke();
        _isCounting = true;
        meter.OnRead(offset);
    }

    public void Written(string queryId, long rows)
    {
        // Rows are counted by the reader of the push query.
    }

    /// <summary>Whether the queries have read all records of their topics.</summary>
    /// <param name="end">Returns a topic's end offset.</param>
    public bool IsIdle(Func<string, long> end) => _upTo.All(topic => topic.Value + 1 >= end(topic.Key));

    /// <summary>
    /// Sightings read the frames, too, and so may queries that somebody makes while the demo runs. The script's is there before those.
    /// </summary>
    private bool IsOfScript(string queryId) => queryId != SightingQuery.Id && queryId == (_query ??= queryId);
}
