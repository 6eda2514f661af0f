using Microsoft.Extensions.Logging;

namespace SockSort.Mqtt.Publishing;

/// <summary>Settings of a <see cref="MqttPublisher"/>.</summary>
public sealed record PublisherOptions
{
    public required MqttEndpoint Endpoint { get; init; }

    /// <summary>
    /// The client id; null, the default, makes a random one. Where another client connects with the same id, this one continues with a
    /// random one.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// The largest number of messages that wait for their acknowledgement or for a connection. Beyond it the oldest one that has not been
    /// sent is dropped and counted, since a camera's newest results matter most. 10 000 by default.
    /// </summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>
    /// The largest number of messages sent and not yet acknowledged, 1 to 500; fewer where the broker asks for it. 500 by default.
    /// </summary>
    public int MaxInFlight { get; init; } = 500;

    /// <summary>The time without any acknowledgement after which a broker counts as lost. 30 s by default.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The topic of the retained status: <c>online</c> or another word while the publisher is there, <c>stopped</c> when it was ended, and
    /// <c>offline</c> as the last will. Null, the default, for none.
    /// </summary>
    public string? StatusTopic { get; init; }

    /// <summary>The topic of the retained messages of <see cref="MqttPublisher.SayLatest"/>. Null, the default, for none.</summary>
    public string? LatestTopic { get; init; }

    /// <summary>The topic of the retained messages of <see cref="MqttPublisher.SayPicture"/>. Null, the default, for none.</summary>
    public string? PictureTopic { get; init; }

    /// <summary>The topic of the retained messages of <see cref="MqttPublisher.SayModel"/>. Null, the default, for none.</summary>
    public string? ModelTopic { get; init; }

    /// <summary>Where orders to the publisher come from. Null, the default, for nowhere.</summary>
    public ListenedTopic? Orders { get; init; }

    /// <summary>Further retained messages, published once with each new connection. None by default.</summary>
    public IReadOnlyList<RetainedMessage> Announcements { get; init; } = [];

    /// <summary>
    /// A folder that only this publisher uses, in which messages wait until they are delivered for good; null, the default, keeps them in
    /// memory only. With a folder, <see cref="MaxWaiting"/> limits those in memory, and the rest waits on disk.
    /// </summary>
    public string? BufferFolder { get; init; }

    /// <summary>
    /// The maximum size of the buffer in bytes; beyond it the oldest messages are dropped and counted. 64 MiB by default.
    /// </summary>
    public long MaxBufferBytes { get; init; } = 64 << 20;

    /// <summary>
    /// The interval at which the buffer is synced to disk. A power cut loses what was published since the last sync; the end of the process
    /// loses nothing. Zero syncs before <see cref="MqttPublisher.Publish(string, ReadOnlyMemory{byte}, bool, MessageStamp?)"/> returns. 1 s
    /// by default.
    /// </summary>
    public TimeSpan SyncBufferEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The topic of a receiver's receipts: <c>{"run": "…", "seq": 12}</c>. Once there are receipts, messages stay in the buffer until they
    /// are confirmed; else until <see cref="ReceiptPatience"/> after the broker's acknowledgement. Null, the default, for none.
    /// </summary>
    public string? ReceiptTopic { get; init; }

    /// <summary>The time for which an acknowledged message is kept for a receiver to confirm it. 10 s by default.</summary>
    public TimeSpan ReceiptPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Makes the publisher's logger, see docs/reference/logging.md; null, the default, for none.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
