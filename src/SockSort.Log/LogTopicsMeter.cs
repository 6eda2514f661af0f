using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SockSort.Log;

/// <summary>The topics of a log as metrics, each named by the tag <c>topic</c>: what was appended, and what is stored.</summary>
public sealed class LogTopicsMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "SockSort.Log.Topics";

    // All instruments are asked at one moment, and a look goes through the whole log.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(500);

    private readonly Meter _meter = new(Name);
    private readonly Lock _gate = new();
    private readonly ILogReader _log;
    private IReadOnlyList<(string Topic, IReadOnlyList<PartitionInfo> Partitions)> _latest = [];
    private long _lookedAt;

    /// <param name="log">Read at each look; owned by the caller.</param>
    public LogTopicsMeter(ILogReader log)
    {
        _log = log;
        _ = _meter.CreateObservableCounter(
            "socksort.log.appended", () => Measure(partition => partition.EndOffset), unit: null, "records appended to the topic");
        _ = _meter.CreateObservableGauge(
            "socksort.log.records", () => Measure(partition => partition.Records), unit: null, "records that the topic holds");
        _ = _meter.CreateObservableGauge(
            "socksort.log.size", () => Measure(partition => partition.LengthBytes ?? 0), "By", "what the topic's records take");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Measure(Func<PartitionInfo, long> value) =>
        Look().Select(topic => new Measurement<long>(topic.Partitions.Sum(value), Tag(topic.Topic)));

    private static KeyValuePair<string, object?> Tag(string topic) => new("topic", topic);

    private IReadOnlyList<(string Topic, IReadOnlyList<PartitionInfo> Partitions)> Look()
    {
        lock (_gate)
        {
            if (_lookedAt == 0 || Stopwatch.GetElapsedTime(_lookedAt) > Lifetime)
            {
                _latest = [.. _log.Topics().Select(topic => (topic.Name, PartitionsOf(topic.Name)))];
                _lookedAt = Stopwatch.GetTimestamp();
            }
            return _latest;
        }
    }

    private IReadOnlyList<PartitionInfo> PartitionsOf(string topic)
    {
        try
        {
            return _log.PartitionsOf(topic);
        }
        catch (LogException error) when (error.Kind == LogErrorKind.NotFound)
        {
            // It was deleted after the topics were listed.
            return [];
        }
    }
}
