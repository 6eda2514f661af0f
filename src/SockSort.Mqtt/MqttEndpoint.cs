using SockSort.Mqtt.Addresses;

namespace SockSort.Mqtt;

/// <summary>Where a broker is and who connects to it. Its text never holds the password.</summary>
public sealed record MqttEndpoint
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    public required string Host { get; init; }

    public required int Port { get; init; }

    public bool Tls { get; init; }

    /// <summary>Who connects; null connects without a user.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// The only version of MQTT to speak there; null, the default, speaks 5, and an older one where the broker knows no better.
    /// </summary>
    public MqttVersion? Version { get; init; }

    /// <summary>
    /// Reads <c>mqtt://</c>, <c>tcp://</c> (plain, port 1883 by default), <c>mqtts://</c> or <c>ssl://</c> (TLS, port 8883).
    /// </summary>
    /// <param name="uri">May hold <c>user:password@</c>, as people type it or percent-encoded.</param>
    /// <param name="user">Goes before the one in the address.</param>
    /// <param name="password">As <paramref name="user"/>.</param>
    /// <exception cref="MqttException">
    /// The address is not well formed; the message does not repeat it, as it may hold a password.
    /// </exception>
    public static MqttEndpoint Parse(string uri, string? user = null, string? password = null)
    {
        var parts = uri.Trim().Split("://", 2);
        var isWritten = parts.Length == 2 && parts[0].All(char.IsAsciiLetterOrDigit) && !parts[1].Any(char.IsControl);
        var isAmbiguous = false;
        if (!isWritten || WrittenAddress.Read(parts[1], preferPlain: false, out isAmbiguous) is not { } address)
            throw MqttErrors.Address("is no URI with a host");
        if (isAmbiguous)
            throw MqttErrors.Address(
                "can be read in two ways, by which of its '@' ends the password: percent-encode the password, or give it apart");
        var tls = parts[0].ToLowerInvariant() switch
        {
            "mqtt" or "tcp" => false,
            "mqtts" or "ssl" => true,
            var scheme => throw MqttErrors.Address($"has the unknown scheme '{scheme}'"),
        };
        var usualPort = tls ? TlsPort : PlainPort;
        return new MqttEndpoint
        {
            Host = NameOf(address.Host),
            Port = address.Port > 0 ? address.Port : usualPort,
            Tls = tls,
            User = Given(user) ?? address.User,
            Password = Given(password) ?? address.Password,
        };
    }

    /// <summary>Scheme, host and port, as other tools read it; without user and password.</summary>
    public override string ToString()
    {
        var scheme = Tls ? "mqtts" : "mqtt";
        var host = Host.Contains(':') ? $"[{Host}]" : Host;
        return $"{scheme}://{host}:{Port}";
    }

    /// <summary>The host's name as a resolver takes it: no brackets around IPv6, and the ASCII form of other letters.</summary>
    private static string NameOf(string host) => new UriBuilder("mqtt", host).Uri.IdnHost;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
