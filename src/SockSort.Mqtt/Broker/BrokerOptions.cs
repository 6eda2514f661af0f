using System.Net;

namespace SockSort.Mqtt;

/// <summary>Settings of the <see cref="EmbeddedBroker"/>.</summary>
public sealed record BrokerOptions
{
    /// <summary>The loopback address by default: nothing outside the machine reaches the broker.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0, the default, takes a free one.</summary>
    public int Port { get; init; }

    public string User { get; init; } = "socksort";

    /// <summary>Null, the default, makes a random one at each start.</summary>
    public string? Password { get; init; }

    /// <summary>A client that announces a larger packet is cut off before any memory is taken for it. 1 MiB by default.</summary>
    public int MaxPacketBytes { get; init; } = 1 << 20;

    /// <summary>Messages that wait for one slow subscriber; beyond it the oldest is dropped and counted. 1000 by default.</summary>
    public int MaxQueuedMessages { get; init; } = 1000;

    /// <summary>Messages of one connection that may wait for their store; beyond it the connection is not read. 1000 by default.</summary>
    public int MaxUnstoredMessages { get; init; } = 1000;

    /// <summary>
    /// Filter of topics whose messages are acknowledged only where an intake has stored them: while there is none (before a
    /// connector has started, after it has stopped) the connection is closed, and the publisher sends the message again. Null, the
    /// default: what no intake takes is only passed on to subscribers.
    /// </summary>
    public string? MustBeStored { get; init; }
}
