using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Settings;

/// <summary>The storage of the log.</summary>
public sealed record LogConfiguration : ConfigurationSection
{
    /// <summary>
    /// <c>sqlite</c>, which is the folder <see cref="RunConfiguration.Data"/>, or <c>kafka://HOST:PORT</c> with the absolute path of its
    /// properties file. Key <c>log.address</c>, default <c>sqlite</c>.
    /// </summary>
    public string Address { get; init; } = LogAddressType.Sqlite;

    /// <summary>The address of Kafka; null for a log in the data folder.</summary>
    public string? Kafka => Address == LogAddressType.Sqlite ? null : Address;
}
