namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>Turns timestamps, which count from some moment of this process, into times that the next process understands.</summary>
internal sealed class KeptClock(TimeProvider time)
{
    public TimeProvider Time => time;

    public DateTimeOffset TimeOf(long timestamp) => time.GetUtcNow() - time.GetElapsedTime(timestamp);

    /// <summary>A time that has not come, as the machine's clock was set back, counts as now.</summary>
    public long TimestampOf(DateTimeOffset at)
    {
        var elapsed = Math.Max(0, (time.GetUtcNow() - at).TotalSeconds);
        return time.GetTimestamp() - (long)(elapsed * time.TimestampFrequency);
    }
}
