namespace SockSort.Host.Configuration.Settings;

/// <summary>The broker that cameras publish to if it is not the embedded one, and the topic.</summary>
public sealed record MqttConfiguration : ConfigurationSection
{
    /// <summary><c>mqtt://HOST:PORT</c> or <c>mqtts://HOST:PORT</c>; null for the embedded broker. Key <c>address</c>.</summary>
    public string? Address { get; init; }

    /// <summary>User at the broker. Key <c>user</c>.</summary>
    public string? User { get; init; }

    /// <summary>Password at the broker. Key <c>password</c>.</summary>
    public string? Password { get; init; }

    /// <summary><c>3.1.1</c> or <c>5</c>; null for the newest that the broker supports. Key <c>version</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Topic of cameras that set none of their own. Key <c>topic</c>, default <c>sockfound</c>.</summary>
    public string Topic { get; init; } = "sockfound";

    /// <summary>First level of Home Assistant's discovery topics; null tells it nothing. Key <c>home-assistant</c>.</summary>
    public string? HomeAssistant { get; init; }
}
