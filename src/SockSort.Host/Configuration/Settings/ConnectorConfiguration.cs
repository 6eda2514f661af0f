namespace SockSort.Host.Configuration.Settings;

/// <summary>A connector. Placeholders in its settings are kept: the worker that runs it resolves them.</summary>
public sealed record ConnectorConfiguration : ConfigurationSection
{
    public string Name { get; init; } = "";

    /// <summary>Kafka Connect's keys in the order of the file, each value as it is written.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
