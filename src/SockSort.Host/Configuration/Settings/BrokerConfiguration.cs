namespace SockSort.Host.Configuration.Settings;

/// <summary>The MQTT broker in the process.</summary>
public sealed record BrokerConfiguration : ConfigurationSection
{
    /// <summary>At least one. Key <c>listen</c>, default <c>127.0.0.1:1883</c>.</summary>
    public IReadOnlyList<BrokerListenAddress> Listen { get; init; } = [];

    /// <summary>Password file, as <c>mosquitto_passwd</c> writes it; set where an address is beyond loopback. Key <c>users</c>.</summary>
    public string? Users { get; init; }

    /// <summary>PEM file of a certificate; null: one is made where TLS is spoken. Key <c>certificate</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key; null: it stands in the certificate's file. Key <c>key</c>.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Whether addresses beyond loopback speak TLS; with a <see cref="Certificate"/> all do. Key <c>tls</c>, default yes.
    /// </summary>
    public bool Tls { get; init; } = true;
}
