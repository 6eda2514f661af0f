using Microsoft.Extensions.Logging;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Log;
using SockSort.Mqtt.Broker;

namespace SockSort.Connect.MqttSource;

/// <summary>The services that the MQTT sources of a worker share.</summary>
/// <param name="Broker">The broker in this process; null where there is none.</param>
/// <param name="Identity">The identity of the data folder, which is part of client ids.</param>
/// <param name="Clock">The clock for events that are logged at most once a minute.</param>
/// <param name="Events">The logger of skipped messages.</param>
internal sealed record MqttSourcePlace(
    ILog Log, EmbeddedBroker? Broker, ClientIdentity Identity, SessionMemory Memory, TimeProvider Clock, ILogger Events);
