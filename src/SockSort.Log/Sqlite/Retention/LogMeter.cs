using System.Diagnostics.Metrics;

namespace SockSort.Log.Sqlite.Retention;

/// <summary>Counters of retention for <c>/metrics</c>, read at each scrape.</summary>
internal sealed class LogMeter : IDisposable
{
    private readonly Meter _meter = new(SqliteLog.MeterName);

    /// <param name="directory">The tag that distinguishes several logs in one process.</param>
    public LogMeter(string directory, Func<RetentionProgress> progress)
    {
        var tags = new KeyValuePair<string, object?>("folder", directory);
        _ = _meter.CreateObservableCounter(
            "socksort.log.removed.records", () => new Measurement<long>(progress().RemovedRecords, tags), unit: null,
            "records that went by a topic's retention");
        _ = _meter.CreateObservableCounter(
            "socksort.log.removed.bytes", () => new Measurement<long>(progress().RemovedBytes, tags), unit: null, "bytes of their batches");
        _ = _meter.CreateObservableGauge(
            "socksort.log.retention.failing", () => new Measurement<long>(progress().Problem is null ? 0 : 1, tags), unit: null,
            "1 where nothing can be removed at the moment");
    }

    public void Dispose() => _meter.Dispose();
}
