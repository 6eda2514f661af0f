namespace SockSort.Host.Configuration.Settings;

/// <summary>A retention rule: records that are older, or lie beyond the size, may be removed.</summary>
public sealed record RetentionRule : ConfigurationSection
{
    /// <summary>The longest time that records are kept; null, the default, keeps them forever. Key <c>time</c>.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The largest size in bytes; null, the default, for no limit. Key <c>size</c>.</summary>
    public long? SizeBytes { get; init; }
}
