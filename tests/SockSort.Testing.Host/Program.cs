using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log.Sqlite;
using SockSort.Models.Versions;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;

// A process to be killed: log, connector and, when a port is given, the embedded broker, wired as the demo does it.
// usage: SockSort.Testing.Host DATA SECRETS [PORT USER PASSWORD]
//        SockSort.Testing.Host agent FOLDER URI USER PASSWORD TOTAL
//        SockSort.Testing.Host broker FOLDER PORT USER PASSWORD
//        SockSort.Testing.Host swap MODEL PACKAGE PACKAGE
//        SockSort.Testing.Host teach PHOTOS
//        SockSort.Testing.Host name PHOTOS
// Prints "ready" when the connector, the agent, or the broker runs, somebody teaches, or the first swap is done, and goes on until it is
// killed.
if (args[0] == "agent")
{
    await Agent.RunAsync(args[1], MqttEndpoint.Parse(args[2], args[3], args[4]), int.Parse(args[5]));
    return;
}
if (args[0] == "broker")
{
    await using var alone = await EmbeddedBroker.StartAsync(
        new BrokerOptions { Port = int.Parse(args[2]), User = args[3], Password = args[4], StateFolder = args[1] });
    Console.WriteLine("ready");
    await Task.Delay(Timeout.Infinite);
}
if (args[0] == "teach")
    Teacher.Show(args[1]);
if (args[0] == "name")
    Teacher.Name(args[1]);
if (args[0] == "swap")
{
    var versions = new ModelVersions(args[1]);
    PackageFile[] packages = [PackageFile.Read(args[2]), PackageFile.Read(args[3])];
    _ = versions.Use(packages[1]);
    Console.WriteLine("ready");
    for (var turn = 0; ; turn++)
        _ = versions.Use(packages[turn % 2]);
}
using var log = SqliteLog.Open(args[0]);
await using var broker = args.Length > 2
    ? await EmbeddedBroker.StartAsync(
        new BrokerOptions { Port = int.Parse(args[2]), User = args[3], Password = args[4], MustBeStored = "sockfound" })
    : null;
await using var worker = new ConnectWorker(log, new Secrets(args[1]), broker);
_ = await worker.CreateAsync("mqtt-source", new Dictionary<string, string>
{
    ["connector.class"] = "io.confluent.connect.mqtt.MqttSourceConnector",
    ["mqtt.server.uri"] = "${file:/scripts/credentials.properties:MQTT_URI}",
    ["mqtt.username"] = "${file:/scripts/credentials.properties:MQTT_USERNAME}",
    ["mqtt.password"] = "${file:/scripts/credentials.properties:MQTT_PASSWORD}",
    ["mqtt.topics"] = "sockfound",
    ["kafka.topic"] = "data_mqtt",
    ["key.converter"] = "org.apache.kafka.connect.storage.StringConverter",
    ["value.converter"] = "org.apache.kafka.connect.converters.ByteArrayConverter",
    ["tasks.max"] = "1",
});
Console.WriteLine("ready");
await Task.Delay(Timeout.Infinite);
