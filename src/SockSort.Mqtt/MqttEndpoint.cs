namespace SockSort.Mqtt;

/// <summary>Where a broker is and who connects to it. Its text never holds the password.</summary>
public sealed record MqttEndpoint
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    public required string Host { get; init; }

    public required int Port { get; init; }

    public bool Tls { get; init; }

    /// <summary>Null connects without a user.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Reads <c>mqtt://</c>, <c>tcp://</c> (plain, port 1883 by default), <c>mqtts://</c> or <c>ssl://</c> (TLS, port 8883).</summary>
    /// <param name="uri">May hold <c>user:password@</c>, percent-encoded.</param>
    /// <param name="user">Goes before the one in the address.</param>
    /// <param name="password">As <paramref name="user"/>.</param>
    /// <exception cref="MqttException">The address is not well formed; the message does not repeat it, as it may hold a password.</exception>
    public static MqttEndpoint Parse(string uri, string? user = null, string? password = null)
    {
        if (!Uri.TryCreate(uri.Trim(), UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            throw MqttErrors.Address("is no URI with a host");
        var tls = parsed.Scheme switch
        {
            "mqtt" or "tcp" => false,
            "mqtts" or "ssl" => true,
            _ => throw MqttErrors.Address($"has the unknown scheme '{parsed.Scheme}'"),
        };
        var credentials = parsed.UserInfo.Split(':', 2);
        return new MqttEndpoint
        {
            Host = parsed.IdnHost,
            Port = parsed.Port > 0 ? parsed.Port : tls ? TlsPort : PlainPort,
            Tls = tls,
            User = Given(user) ?? Given(Uri.UnescapeDataString(credentials[0])),
            Password = Given(password) ?? (credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : null),
        };
    }

    /// <summary>Scheme, host and port, as other tools read it; without user and password.</summary>
    public override string ToString() => $"{(Tls ? "mqtts" : "mqtt")}://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}";

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
