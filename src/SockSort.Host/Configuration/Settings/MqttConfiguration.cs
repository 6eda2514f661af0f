namespace SockSort.Host.Configuration.Settings;

/// <summary>The broker that cameras publish to, where it is not the one in the process, and the topic.</summary>
public sealed record MqttConfiguration : ConfigurationSection
{
    /// <summary><c>mqtt://HOST:PORT</c> or <c>mqtts://HOST:PORT</c>; null: the broker in the process. Key <c>address</c>.</summary>
    public string? Address { get; init; }

    /// <summary>Key <c>user</c>.</summary>
    public string? User { get; init; }

    /// <summary>Key <c>password</c>.</summary>
    public string? Password { get; init; }

    /// <summary><c>3.1.1</c> or <c>5</c>; null: the newest that the broker knows. Key <c>version</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Topic of cameras that have none of their own. Key <c>topic</c>, default <c>sockfound</c>.</summary>
    public string Topic { get; init; } = "sockfound";
}
