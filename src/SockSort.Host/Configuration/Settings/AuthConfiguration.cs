namespace SockSort.Host.Configuration.Settings;

/// <summary>Who may come in from other machines.</summary>
public sealed record AuthConfiguration : ConfigurationSection
{
    /// <summary>Asked for at every address beyond loopback. Key <c>password</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Lets everybody who reaches the live view watch. Key <c>open-view</c>, default no.</summary>
    public bool OpenView { get; init; }
}
