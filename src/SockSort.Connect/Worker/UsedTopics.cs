using System.Collections.Concurrent;
using SockSort.Connect.Classes;
using SockSort.Connect.Sinks;
using SockSort.Log;

namespace SockSort.Connect.Worker;

/// <summary>The topics that a connector has used since the last reset; a reset lasts until the program ends. Thread-safe.</summary>
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

    /// <summary>Returns how many records a source's topic has ever had, or how many a sink has read from its topic.</summary>
    private long ReachedIn(ConnectorInfo connector, string topic)
    {
        var consumer = connector.Kind == ConnectorKind.Sink ? SinkRunner.ConsumerOf(connector.Name) : null;
        return Enumerable.Range(0, log.FindTopic(topic)?.Partitions ?? 0).Sum(partition =>
            consumer is null ? log.EndOffset(topic, partition) : log.CommittedOffset(consumer, topic, partition) ?? 0);
    }
}
