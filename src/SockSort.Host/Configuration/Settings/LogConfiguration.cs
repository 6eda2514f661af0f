namespace SockSort.Host.Configuration.Settings;

/// <summary>The storage of the log.</summary>
public sealed record LogConfiguration : ConfigurationSection
{
    private const string DataFolder = "sqlite";

    /// <summary>
    /// <c>sqlite</c>, which is the folder <see cref="RunConfiguration.Data"/>, or <c>kafka://HOST:PORT</c> with the absolute path of its
    /// properties file. Key <c>log.address</c>, default <c>sqlite</c>.
    /// </summary>
    public string Address { get; init; } = DataFolder;

    /// <summary>The address of Kafka; null for a log in the data folder.</summary>
    public string? Kafka => Address == DataFolder ? null : Address;
}
