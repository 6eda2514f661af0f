using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.MqttSource.Sessions;

namespace SockSort.Connect.MqttSource;

/// <summary>Brings messages of MQTT brokers into the log, as Confluent's connector of this name does.</summary>
internal sealed class MqttSourceConnector : ISourceConnector
{
    private readonly MqttSourcePlace _place;

    public MqttSourceConnector(ConnectorPlace place) =>
        _place = new(
            place.Log, place.Broker, ClientIdentity.Of(place.Log, place.HasMoved), new SessionMemory(place.Log), place.Clock, place.Events);

    public string ClassName => "io.confluent.connect.mqtt.MqttSourceConnector";

    public ConfigDef Config => MqttSourceKeys.Definition;

    public IConnectorPlan Plan(string name, ConfigValues values) => new MqttSourcePlan(name, MqttSourceConfiguration.Of(values), _place);
}
