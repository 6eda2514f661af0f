namespace SockSort.Host.Configuration.Settings;

/// <summary>One connector. Placeholders in its settings are left as they are: the worker that runs it puts the secrets in.</summary>
public sealed record ConnectorConfiguration : ConfigurationSection
{
    public string Name { get; init; } = "";

    /// <summary>Kafka Connect's keys, in the order in which they are written, each value as it is written.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
