using System.Net;
using Microsoft.Extensions.Logging;
using SockSort.Mqtt.Broker.Rights;

namespace SockSort.Mqtt.Broker;

/// <summary>Settings of the <see cref="EmbeddedBroker"/>.</summary>
public sealed record BrokerOptions
{
    /// <summary>The loopback address by default: nothing outside the machine reaches the broker.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Where it listens, in place of <see cref="Address"/> and <see cref="Port"/>; the first one is <see
    /// cref="EmbeddedBroker.Endpoint"/>'s.
    /// </summary>
    public IReadOnlyList<BrokerDoor> Doors { get; init; } = [];

    /// <summary>The user of this process's own parts.</summary>
    public string User { get; init; } = "socksort";

    /// <summary>Password of <see cref="User"/>. Null, the default, makes a random one at each start.</summary>
    public string? Password { get; init; }

    /// <summary>Who else may come in. Null, the default, for nobody.</summary>
    public BrokerUsers? Users { get; init; }

    /// <summary>
    /// Which topics <see cref="Users"/> may read and write; <see cref="User"/> may all. Null, the default: everybody may all.
    /// </summary>
    public BrokerRights? Rights { get; init; }

    /// <summary>A client that announces a larger packet is cut off before any memory is taken for it. 1 MiB by default.</summary>
    public int MaxPacketBytes { get; init; } = 1 << 20;

    /// <summary>Messages that wait for one slow subscriber; beyond it the oldest is dropped and counted. 1000 by default.</summary>
    public int MaxQueuedMessages { get; init; } = 1000;

    /// <summary>
    /// Bytes of the messages that wait for one slow subscriber; beyond it the oldest is dropped and counted. 64 MiB by default.
    /// </summary>
    public long MaxQueuedBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Messages of QoS 1 and 2 that a subscriber may leave unacknowledged before it gets more; MQTT 5 may ask for fewer. 1000 by
    /// default.
    /// </summary>
    public int MaxInFlightMessages { get; init; } = 1000;

    /// <summary>
    /// Messages of one connection that may wait for their store; beyond it the connection is not read. 10 000 by default: on a disk
    /// that takes 50 ms for a commit these are 200 000 a second.
    /// </summary>
    public int MaxUnstoredMessages { get; init; } = 10_000;

    /// <summary>
    /// Bytes of the messages of all connections that may wait for their store; beyond it no connection is read that has some there.
    /// 64 MiB by default.
    /// </summary>
    public long MaxUnstoredBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Topics that may have a retained message. A message beyond it is passed on, not kept, and counted. 100 000 by default.
    /// </summary>
    public int MaxRetainedMessages { get; init; } = 100_000;

    /// <summary>Memory of all retained messages, about. 256 MiB by default.</summary>
    public long MaxRetainedBytes { get; init; } = 256 << 20;

    /// <summary>Most filters that one client may subscribe to. 1000 by default.</summary>
    public int MaxSubscriptionsPerClient { get; init; } = 1000;

    /// <summary>
    /// Sessions, with those of clients that are away; beyond it the one that is away for longest ends. 10 000 by default.
    /// </summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>
    /// Connections at once; a further one is closed. Half of them may be of clients that have not yet said who they are. 2000 by
    /// default.
    /// </summary>
    public int MaxConnections { get; init; } = 2000;

    /// <summary>
    /// Messages a second of one client; one that sends more is read more slowly, and nothing is dropped. A second's worth may come at
    /// once. 0, the default: as many as come.
    /// </summary>
    public int MaxMessagesPerSecond { get; init; }

    /// <summary>
    /// New connections a second of one address; further ones wait, at most for <see cref="LoginTime"/>, and are then closed. 0, the
    /// default: as many as come.
    /// </summary>
    public int MaxConnectionsPerSecond { get; init; }

    /// <summary>Topic aliases of one connection of MQTT 5. 100 by default.</summary>
    public int MaxTopicAlias { get; init; } = 100;

    /// <summary>How long a client has to say who it is. 10 s by default.</summary>
    public TimeSpan LoginTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Filter of topics whose messages are acknowledged only where an intake has stored them: while there is none (before a
    /// connector has started, after it has stopped) the connection is closed, and the publisher sends the message again. Null, the
    /// default: what no intake takes is only passed on to subscribers.
    /// </summary>
    public string? MustBeStored { get; init; }

    /// <summary>
    /// Folder in which sessions and retained messages are kept, so that they survive a restart and the end of the process by
    /// whatever means; of this broker only. Null, the default: they end with the broker.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>What happens to it is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The rights of a client.</summary>
    internal ClientCheck CheckOf(string? user, string clientId) =>
        Rights is null || user == User ? ClientCheck.None : new ClientCheck(Rights, user, clientId);
}
