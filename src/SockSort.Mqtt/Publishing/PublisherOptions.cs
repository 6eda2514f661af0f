using Microsoft.Extensions.Logging;

namespace SockSort.Mqtt.Publishing;

/// <summary>Settings of a <see cref="MqttPublisher"/>.</summary>
public sealed record PublisherOptions
{
    public required MqttEndpoint Endpoint { get; init; }

    /// <summary>The client id; null, the default, makes a random one.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Messages that wait for their acknowledgement or for a connection, together. Beyond it the oldest one that has not been sent
    /// is dropped and counted: a camera's news goes before its past. 10 000 by default.
    /// </summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>Messages sent and not yet acknowledged, 1 to 500; fewer where the broker asks for it. 500 by default.</summary>
    public int MaxInFlight { get; init; } = 500;

    /// <summary>A broker that acknowledges nothing for this long is taken for lost. 30 s by default.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Carries <c>online</c> and <c>offline</c> (also as the last will), retained: <c>socksort/CAMERA/status</c>. Null, the default: none.
    /// </summary>
    public string? StatusTopic { get; init; }

    /// <summary>What happens to it is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
