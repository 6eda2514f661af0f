using Microsoft.Extensions.Logging;
using SockSort.Connect.Worker;
using SockSort.Host.Listening;
using SockSort.Host.Parts;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Brokers;

/// <summary>The broker that is embedded in a server's process.</summary>
internal static class ServerBroker
{
    /// <summary>
    /// Binds the ports; clients wait until the broker is started, after the connectors. Its address and the credentials of this process's
    /// own clients are stored where connectors read them: <c>${file:/scripts/credentials.properties:MQTT_URI}</c> below the data folder.
    /// </summary>
    /// <exception cref="MqttException">A port is in use, or what an earlier start has kept cannot be read.</exception>
    public static EmbeddedBroker Open(BrokerSetup setup, string data, ILoggerFactory? loggers = null)
    {
        var credentials = BrokerCredentials.ReadOrMake(data);
        var broker = EmbeddedBroker.Open(new BrokerOptions
        {
            Doors = setup.Doors,
            Users = setup.Users,
            Rights = setup.Rights,
            MaxMessagesPerSecond = setup.ClientRate,
            MaxConnectionsPerSecond = setup.ConnectionRate,
            User = credentials.User,
            Password = credentials.Password,
            StateFolder = StateIn(data),
            Loggers = loggers,
        });
        BrokerCredentials.Write(data, broker.Endpoint);
        return broker;
    }

    /// <summary>The folder of sessions and retained messages below the data folder.</summary>
    public static string StateIn(string data) => Path.Combine(data, "broker");

    public static PartHealth HealthOf(EmbeddedBroker broker) =>
        broker.Problem is { } problem ? PartHealth.Bad(problem) : PartHealth.Good;

    /// <summary>
    /// Accepts clients. This is a part of its own, started after the connectors so that it ends before them: messages that came later would
    /// be acknowledged but never stored.
    /// </summary>
    /// <returns>The addresses of WebSockets.</returns>
    /// <exception cref="ListeningException">An address of WebSockets cannot be listened on.</exception>
    public static async Task<IReadOnlyList<string>> AcceptClientsAsync(
        PartHost host, EmbeddedBroker broker, BrokerSetup setup, CancellationToken cancellation)
    {
        _ = host.Open("broker's door", () =>
        {
            broker.Start();
            return broker;
        });
        if (setup.Web is not { } listening)
            return [];
        var door = await BrokerWebDoor.StartAsync(host, broker, listening, cancellation);
        return [.. door.Addresses];
    }

    /// <summary>Makes the sinks end before what was started up to now: they are clients of the broker, and would miss it.</summary>
    public static void EndSinksFirst(PartHost host, ConnectWorker worker) => _ = host.Open("sinks", () => new Sinks(worker));

    private sealed class Sinks(ConnectWorker worker) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(worker.EndSinksAsync());
    }
}
