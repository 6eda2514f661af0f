using Microsoft.Extensions.Logging;
using SockSort.Connect.Configuration;
using SockSort.Log;
using SockSort.Mqtt.Broker;

namespace SockSort.Connect.Classes;

/// <summary>What all connectors of a worker share.</summary>
/// <param name="Broker">The one in this process; null where there is none.</param>
/// <param name="HasMoved">The data folder was moved here, and is used nowhere else.</param>
/// <param name="Events">Where is logged what happens to them.</param>
internal sealed record ConnectorPlace(
    ILog Log, Secrets Secrets, EmbeddedBroker? Broker, bool HasMoved, TimeProvider Clock, ILogger Events);
