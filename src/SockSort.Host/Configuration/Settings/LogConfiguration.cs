namespace SockSort.Host.Configuration.Settings;

/// <summary>Where the log is kept.</summary>
public sealed record LogConfiguration : ConfigurationSection
{
    /// <summary>Only <c>sqlite</c> as yet: in <see cref="RunConfiguration.Data"/>. Key <c>log.address</c>.</summary>
    public string Address { get; init; } = "sqlite";
}
