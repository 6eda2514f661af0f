namespace SockSort.Host.Configuration.Settings;

/// <summary>The counting of socks by sightings.</summary>
public sealed record SortingConfiguration : ConfigurationSection
{
    /// <summary>Topic of the log that holds the frames' messages. Key <c>topic</c>, default <c>data_mqtt</c>.</summary>
    public string Topic { get; init; } = "data_mqtt";

    /// <summary>
    /// First levels of the MQTT topics that the ledger and the pairs are published to, retained; null for none. Key <c>mqtt</c>, default
    /// <c>socksort/sorting</c>.
    /// </summary>
    public string? Mqtt { get; init; } = "socksort/sorting";

    /// <summary>How long a camera may tell nothing before what it saw is over. Key <c>silence</c>, default 10 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);
}
