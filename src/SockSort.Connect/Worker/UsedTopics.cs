using System.Collections.Concurrent;
using SockSort.Connect.Classes;
using SockSort.Connect.Sinks;
using SockSort.Log;

namespace SockSort.Connect.Worker;

/// <summary>Which of its topics a connector has used since that was last reset; resets last as long as the program. Thread-safe.</summary>
internal sealed class UsedTopics(ILog log)
{
    private readonly ConcurrentDictionary<(string Connector, string Topic), long> _marks = new();

    public IReadOnlyList<string> Of(ConnectorInfo connector) =>
        [.. connector.Topics.Where(topic => ReachedIn(connector, topic) > _marks.GetValueOrDefault((connector.Name, topic)))];

    public void Reset(ConnectorInfo connector)
    {
        foreach (var topic in connector.Topics)
            _marks[(connector.Name, topic)] = ReachedIn(connector, topic);
    }

    /// <summary>How many records were written there, or read from there.</summary>
    private long ReachedIn(ConnectorInfo connector, string topic)
    {
        var consumer = connector.Kind == ConnectorKind.Sink ? SinkRunner.ConsumerOf(connector.Name) : null;
        return Enumerable.Range(0, log.FindTopic(topic)?.Partitions ?? 0).Sum(partition =>
            consumer is null ? log.EndOffset(topic, partition) : log.CommittedOffset(consumer, topic, partition) ?? 0);
    }
}
