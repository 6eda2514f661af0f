using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.MqttSource;
using SockSort.Connect.Sinks;

namespace SockSort.Connect.MqttSink;

/// <summary>Publishes records of the log to an MQTT broker, as Confluent's connector of this name does.</summary>
internal sealed class MqttSinkConnector(ConnectorPlace place) : ISinkConnector
{
    public string ClassName => "io.confluent.connect.mqtt.MqttSinkConnector";

    public ConfigDef Config => MqttSinkKeys.Definition;

    public IConnectorPlan Plan(string name, ConfigValues values) => new SinkPlan(name, this, values, place);

    public void Check(string name, ConfigValues values) => _ = MqttSourceConfiguration.EndpointOf(values);

    public ISinkTask Open(string name, ConfigValues values, byte[]? state) => new MqttSinkTask(name, values, place);
}
