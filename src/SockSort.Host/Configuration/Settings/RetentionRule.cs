namespace SockSort.Host.Configuration.Settings;

/// <summary>What of a topic is kept: records that are older, or lie beyond the size, may go.</summary>
public sealed record RetentionRule : ConfigurationSection
{
    /// <summary>Null, the default: for ever. Key <c>time</c>.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Bytes; null, the default: no limit. Key <c>size</c>.</summary>
    public long? SizeBytes { get; init; }
}
