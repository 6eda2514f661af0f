using Microsoft.Extensions.Logging;

namespace SockSort.Mqtt.Subscribing;

/// <summary>Settings of a <see cref="MqttSubscriber"/>.</summary>
public sealed record SubscriberOptions
{
    /// <summary>
    /// 128 KiB less than 64 MiB, the most that a record of the log may have together with its key, which is a topic of up to 64 KiB,
    /// and its headers.
    /// </summary>
    public const int MostPayloadBytes = (64 << 20) - (128 << 10);

    public required MqttEndpoint Endpoint { get; init; }

    /// <summary>The session's name at the broker: the same one at the next start gets what came meanwhile.</summary>
    public required string ClientId { get; init; }

    /// <summary>What is subscribed to: at least one filter, with <c>+</c> and <c>#</c>.</summary>
    public required IReadOnlyList<string> TopicFilters { get; init; }

    /// <summary>0, 1 or 2. With 0 the broker keeps nothing while the subscriber is away. 1 by default.</summary>
    public int Qos { get; init; } = 1;

    /// <summary>
    /// Whether the broker keeps the session while the subscriber is away (for 7 days, where it speaks MQTT 5). True by default.
    /// </summary>
    public bool KeepSession { get; init; } = true;

    /// <summary>
    /// Most messages taken from the broker and not yet handled, of any QoS; then no more are read from the socket. 1000 by default.
    /// </summary>
    public int MaxUnacknowledged { get; init; } = 1000;

    /// <summary>Most bytes of the payloads of these messages; one message alone may have more. 64 MiB by default.</summary>
    public long MaxPendingBytes { get; init; } = 64 << 20;

    /// <summary>
    /// A message with a larger payload is skipped: the handler gets the first 1024 bytes of it (<see cref="MqttMessage.IsCut"/>).
    /// From 1024 up; <see cref="MostPayloadBytes"/> by default.
    /// </summary>
    public int MaxPayloadBytes { get; init; } = MostPayloadBytes;

    /// <summary>
    /// Largest packet that an MQTT 5 broker is asked to send; null, the default, asks for no limit. The broker drops a larger one
    /// without a word to either side: nothing of it can be counted or kept here.
    /// </summary>
    public int? AnnouncedMaxPacketBytes { get; init; }

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Asked before each attempt to connect, where user and password may have changed meanwhile; what it throws is told as the reason
    /// why there is no connection. Null, the default: it is <see cref="Endpoint"/> each time.
    /// </summary>
    public Func<MqttEndpoint>? EndpointNow { get; init; }

    /// <summary>
    /// Filters, with their QoS, that the session is known to have from an earlier run; none by default. Of these the ones that are no
    /// longer wanted are taken from it. A broker of MQTT 3.1.1 is not asked once more for the others while it has the session: it would
    /// send all retained messages again.
    /// </summary>
    public IReadOnlyDictionary<string, int> KnownFilters { get; init; } = new Dictionary<string, int>();

    /// <summary>Called whenever the broker has granted a subscription, with the filters of the session and their QoS.</summary>
    public Action<IReadOnlyDictionary<string, int>>? Subscribed { get; init; }

    /// <summary>What happens to it is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
