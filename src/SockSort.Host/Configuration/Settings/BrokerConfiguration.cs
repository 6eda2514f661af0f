namespace SockSort.Host.Configuration.Settings;

/// <summary>The embedded MQTT broker.</summary>
public sealed record BrokerConfiguration : ConfigurationSection
{
    /// <summary>The addresses to listen on, at least one. Key <c>listen</c>, default <c>127.0.0.1:1883</c>.</summary>
    public IReadOnlyList<BrokerListenAddress> Listen { get; init; } = [];

    /// <summary>
    /// A password file as <c>mosquitto_passwd</c> writes it; required if an address is beyond loopback. Key <c>users</c>.
    /// </summary>
    public string? Users { get; init; }

    /// <summary>
    /// A file of the users' rights to topics, as Mosquitto's <c>acl_file</c>; null if every user may all. Key <c>acl</c>.
    /// </summary>
    public string? Rights { get; init; }

    /// <summary>Messages a second of one client; 0 for as many as come. Key <c>client-rate</c>.</summary>
    public int ClientRate { get; init; }

    /// <summary>New connections a second of one address; 0 for as many as come. Key <c>connection-rate</c>.</summary>
    public int ConnectionRate { get; init; }

    /// <summary>PEM file of a certificate; null generates one if TLS is used. Key <c>certificate</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of the certificate's key; null if it is in the certificate's file. Key <c>key</c>.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Whether addresses beyond loopback use TLS; with a <see cref="Certificate"/> all addresses do. Key <c>tls</c>, default yes.
    /// </summary>
    public bool Tls { get; init; } = true;
}
