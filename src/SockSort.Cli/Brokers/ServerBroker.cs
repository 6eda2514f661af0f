using Microsoft.Extensions.Logging;
using SockSort.Host.Parts;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>The broker in a server's process.</summary>
internal static class ServerBroker
{
    /// <summary>
    /// Listens; clients wait until it is started, when the connectors are there. Its address and the user of this process's own parts
    /// are written where connectors read them: <c>${file:/scripts/credentials.properties:MQTT_URI}</c> below the data folder.
    /// </summary>
    /// <exception cref="MqttException">A port is taken.</exception>
    public static EmbeddedBroker Open(BrokerSetup setup, string data, ILoggerFactory? loggers = null)
    {
        var credentials = BrokerCredentials.ReadOrMake(data);
        var broker = EmbeddedBroker.Open(new BrokerOptions
        {
            Doors = setup.Doors,
            Users = setup.Users,
            User = credentials.User,
            Password = credentials.Password,
            Loggers = loggers,
        });
        BrokerCredentials.Write(data, broker.Endpoint);
        return broker;
    }

    /// <summary>
    /// Lets clients in. The door is a part of its own, added after the connectors, so that it closes before them: what came later would be
    /// acknowledged, and stored by nobody.
    /// </summary>
    public static void LetIn(PartHost host, EmbeddedBroker broker) => host.Open("broker's door", () =>
    {
        broker.Start();
        return broker;
    });
}
