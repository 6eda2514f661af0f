namespace SockSort.Host.Configuration.Settings;

/// <summary>Authentication of requests from other machines.</summary>
public sealed record AuthConfiguration : ConfigurationSection
{
    /// <summary>The password that every address beyond loopback requires. Key <c>password</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Lets everybody who reaches the live view watch it without a password. Key <c>open-view</c>, default no.</summary>
    public bool OpenView { get; init; }
}
