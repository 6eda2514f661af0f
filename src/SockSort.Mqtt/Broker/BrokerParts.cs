using SockSort.Mqtt.Broker.Clients;
using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Sessions;

namespace SockSort.Mqtt.Broker;

/// <summary>What all connections of one broker share.</summary>
internal sealed record BrokerParts(
    BrokerOptions Options, BrokerTally Tally, MessageRouter Router, SessionTable Sessions, LoginCheck Logins)
{
    /// <summary>Keeps sessions and retained messages over a restart; null = nothing does.</summary>
    public StateJournal? Journal { get; init; }

    /// <summary>What all clients' messages that wait for their store take.</summary>
    public UnstoredBytes Unstored { get; } = new(Options.MaxUnstoredBytes);

    /// <summary>Client ids that the broker gives are its own.</summary>
    public static string AssignClientId() => $"auto-{Guid.NewGuid():N}";
}
