using SockSort.Host.Listening;

namespace SockSort.Host.Configuration.Settings;

/// <summary>Where each surface listens: <c>http</c> or <c>https</c>, an IP address or <c>localhost</c>, a port (0 = a free one).</summary>
public sealed record ListenConfiguration : ConfigurationSection
{
    /// <summary>ksqlDB's REST API; empty: off. Key <c>sql</c>, default <c>http://127.0.0.1:8088</c>.</summary>
    public IReadOnlyList<WebAddress> Sql { get; init; } = [];

    /// <summary>Kafka Connect's REST API; empty: off. Key <c>connect</c>, default <c>http://127.0.0.1:8083</c>.</summary>
    public IReadOnlyList<WebAddress> Connect { get; init; } = [];

    /// <summary>The live view; empty: off. Key <c>view</c>, default <c>https://127.0.0.1:4000</c>.</summary>
    public IReadOnlyList<WebAddress> View { get; init; } = [];

    /// <summary>The model as a SageMaker endpoint; empty, the default: off. Key <c>endpoint</c>.</summary>
    public IReadOnlyList<WebAddress> Endpoint { get; init; } = [];

    /// <summary>PEM file of a certificate; null: one is made where TLS is spoken. Key <c>certificate</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key; null: it stands in the certificate's file. Key <c>key</c>.</summary>
    public string? Key { get; init; }
}
