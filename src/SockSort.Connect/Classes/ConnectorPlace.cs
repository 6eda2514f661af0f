using Microsoft.Extensions.Logging;
using SockSort.Connect.Configuration;
using SockSort.Log;
using SockSort.Mqtt.Broker;

namespace SockSort.Connect.Classes;

/// <summary>The services that all connectors of a worker share.</summary>
/// <param name="Broker">The broker in this process; null where there is none.</param>
/// <param name="HasMoved">Whether the data folder was moved here, and is used nowhere else.</param>
/// <param name="Events">The logger of connector events.</param>
internal sealed record ConnectorPlace(
    ILog Log, Secrets Secrets, EmbeddedBroker? Broker, bool HasMoved, TimeProvider Clock, ILogger Events);
