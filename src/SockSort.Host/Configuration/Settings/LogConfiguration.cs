namespace SockSort.Host.Configuration.Settings;

/// <summary>The storage of the log.</summary>
public sealed record LogConfiguration : ConfigurationSection
{
    /// <summary>
    /// The kind of storage; so far only <c>sqlite</c>, which uses <see cref="RunConfiguration.Data"/>. Key <c>log.address</c>.
    /// </summary>
    public string Address { get; init; } = "sqlite";
}
