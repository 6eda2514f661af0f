using System.Diagnostics.Metrics;

namespace SockSort.Log;

/// <summary>The topics of a log as metrics, each named by the tag <c>topic</c>: what was appended, and what is stored.</summary>
public sealed class LogTopicsMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "SockSort.Log.Topics";

    private readonly Meter _meter = new(Name);
    private readonly ILogReader _log;

    /// <param name="log">Read at each look; owned by the caller.</param>
    public LogTopicsMeter(ILogReader log)
    {
        _log = log;
        _ = _meter.CreateObservableCounter(
            "socksort.log.appended", () => Measure(partition => partition.EndOffset), unit: null, "records appended to the topic");
        _ = _meter.CreateObservableGauge(
            "socksort.log.records", () => Measure(partition => partition.Records), unit: null, "records that the topic holds");
        _ = _meter.CreateObservableGauge(
            "socksort.log.size", () => Measure(partition => partition.LengthBytes), "By", "what the topic's records take");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Measure(Func<PartitionInfo, long> value) =>
        _log.Topics().Select(topic => new Measurement<long>(Sum(topic.Name, value), Tag(topic.Name)));

    private static KeyValuePair<string, object?> Tag(string topic) => new("topic", topic);

    private long Sum(string topic, Func<PartitionInfo, long> value)
    {
        try
        {
            return _log.PartitionsOf(topic).Sum(value);
        }
        catch (LogException error) when (error.Kind == LogErrorKind.NotFound)
        {
            // It was deleted after the topics were listed.
            return 0;
        }
    }
}
