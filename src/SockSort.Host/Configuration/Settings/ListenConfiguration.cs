using SockSort.Host.Listening;

namespace SockSort.Host.Configuration.Settings;

/// <summary>
/// The addresses of each surface: <c>http</c> or <c>https</c>, an IP address or <c>localhost</c>, a port (0 for a free one).
/// </summary>
public sealed record ListenConfiguration : ConfigurationSection
{
    /// <summary>Addresses of ksqlDB's REST API; empty turns it off. Key <c>sql</c>, default <c>http://127.0.0.1:8088</c>.</summary>
    public IReadOnlyList<WebAddress> Sql { get; init; } = [];

    /// <summary>
    /// Addresses of Kafka Connect's REST API; empty turns it off. Key <c>connect</c>, default
    /// <c>http://127.0.0.1:8083</c>.
    /// </summary>
    public IReadOnlyList<WebAddress> Connect { get; init; } = [];

    /// <summary>Addresses of the live view; empty turns it off. Key <c>view</c>, default <c>https://127.0.0.1:4000</c>.</summary>
    public IReadOnlyList<WebAddress> View { get; init; } = [];

    /// <summary>
    /// Largest pictures of the live view: <c>480p</c>, <c>720p</c> or <c>1080p</c>. Key <c>view-resolution</c>, default <c>720p</c>.
    /// </summary>
    public string ViewResolution { get; init; } = "720p";

    /// <summary>Addresses of the model as a SageMaker endpoint; empty, the default, turns it off. Key <c>endpoint</c>.</summary>
    public IReadOnlyList<WebAddress> Endpoint { get; init; } = [];

    /// <summary>PEM file of a certificate; null generates one if TLS is used. Key <c>certificate</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of the certificate's key; null if it is in the certificate's file. Key <c>key</c>.</summary>
    public string? Key { get; init; }
}
