using Microsoft.Extensions.Logging;

namespace SockSort.Mqtt.Publishing;

/// <summary>Settings of a <see cref="MqttPublisher"/>.</summary>
public sealed record PublisherOptions
{
    public required MqttEndpoint Endpoint { get; init; }

    /// <summary>
    /// The client id; null, the default, makes a random one. Where another client comes with the same one, this one goes on with a random
    /// one.
    /// </summary>
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
    /// Carries, retained, <c>online</c> or another word while the publisher is there, <c>stopped</c> when it was ended, and <c>offline</c>
    /// as the last will. Null, the default: none.
    /// </summary>
    public string? StatusTopic { get; init; }

    /// <summary>Carries, retained, what is said by <see cref="MqttPublisher.SayLatest"/>. Null, the default: none.</summary>
    public string? LatestTopic { get; init; }

    /// <summary>
    /// A folder of the publisher's own, in which messages wait as long as nobody has them for good; null, the default: they wait in memory
    /// only. With it <see cref="MaxWaiting"/> bounds what is in memory, and the rest waits on disk.
    /// </summary>
    public string? BufferFolder { get; init; }

    /// <summary>Most bytes of the buffer; beyond it the oldest messages are dropped and counted. 64 MiB by default.</summary>
    public long MaxBufferBytes { get; init; } = 64 << 20;

    /// <summary>
    /// How often the buffer is synced to the disk: what was published since then is lost by a power cut, not by the process's end. Zero:
    /// before <see cref="MqttPublisher.Publish(string, ReadOnlyMemory{byte}, bool, MessageStamp?)"/> returns. 1 s by default.
    /// </summary>
    public TimeSpan SyncBufferEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Topic on which a receiver tells what it has for good: <c>{"run": "…", "seq": 12}</c>. Where one does, messages stay in the buffer
    /// until then; else until <see cref="ReceiptPatience"/> after the broker's acknowledgement. Null, the default: nobody is listened to.
    /// </summary>
    public string? ReceiptTopic { get; init; }

    /// <summary>How long a message that the broker has acknowledged is kept for a receiver to confirm it. 10 s by default.</summary>
    public TimeSpan ReceiptPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What happens to it is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
