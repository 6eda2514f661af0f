using Microsoft.Extensions.Logging;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Log;
using SockSort.Mqtt.Broker;

namespace SockSort.Connect.MqttSource;

/// <summary>What the MQTT sources of a worker share.</summary>
/// <param name="Broker">The one in this process; null where there is none.</param>
/// <param name="Identity">Of the data folder, for client ids.</param>
/// <param name="Clock">Of what is logged once a minute only.</param>
/// <param name="Events">Where is logged what is skipped.</param>
internal sealed record MqttSourcePlace(
    ILog Log, EmbeddedBroker? Broker, ClientIdentity Identity, SessionMemory Memory, TimeProvider Clock, ILogger Events);
