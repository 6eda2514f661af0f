using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using SockSort.Shared;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Durability;

/// <summary>Nothing that was acknowledged is missing after <c>kill -9</c>, and only what was cut off stands in the log twice.</summary>
public class KillTests(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int LeastBetweenKills = 200;
    private const int MostBetweenKills = 1000;

    [Fact]
    public async Task Killed_with_the_embedded_broker_the_log_misses_no_acknowledged_message()
    {
        using var folder = new TempFolder();
        var endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = FreePort.Next(), User = "sock", Password = "tester" };
        var publisher = new OutsidePublisher(endpoint);

        var records = await KillAndReadAsync(folder, endpoint, publisher, $"{endpoint.Port}", endpoint.User, endpoint.Password);

        Assert.Empty(Missing(publisher, records));
        Assert.All(Doubles(records), record => Assert.True(publisher.CutOff.ContainsKey(record.Number), $"{record.Number} stands twice"));
    }

    [Fact]
    public async Task Killed_at_Mosquitto_the_log_misses_no_acknowledged_message()
    {
        using var folder = new TempFolder();
        await using var mosquitto = await Mosquitto.StartAsync(folder);
        var endpoint = MqttEndpoint.Parse(mosquitto.Uri, Mosquitto.User, Mosquitto.Password);
        var publisher = new OutsidePublisher(endpoint);

        var records = await KillAndReadAsync(folder, endpoint, publisher);

        Assert.Empty(Missing(publisher, records));
        Assert.All(Doubles(records), record => Assert.True(record.IsFlagged, $"{record.Number} stands twice"));
    }

    /// <param name="brokerArguments">Of a host that has the broker inside; none where it is outside.</param>
    private async Task<List<Stored>> KillAndReadAsync(
        TempFolder folder, MqttEndpoint endpoint, OutsidePublisher publisher, params string[] brokerArguments)
    {
        _ = folder.Write("scripts/credentials.properties", PropertiesFile.Write(new Dictionary<string, string>
        {
            ["MQTT_URI"] = $"{endpoint}",
            ["MQTT_USERNAME"] = endpoint.User!,
            ["MQTT_PASSWORD"] = endpoint.Password!,
        }));
        string[] arguments = [folder.File("data"), folder.Path, .. brokerArguments];
        var host = await KilledHost.StartAsync(arguments);
        using var reader = SqliteLogReader.Open(folder.File("data"));
        // A first record: at another broker the subscription stands, and nothing is published before it.
        var greeter = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint });
        await Eventually.TrueAsync(() => greeter.Publish("sockfound", "0") && reader.EndOffset("data_mqtt") > 0, "the connector stores");
        Assert.True(await greeter.FlushAsync(TimeSpan.FromMinutes(2)));
        await greeter.DisposeAsync();

        var running = publisher.RunAsync();
        for (var kill = 0; kill < Kills; kill++)
        {
            var goal = reader.EndOffset("data_mqtt") + Random.Shared.Next(LeastBetweenKills, MostBetweenKills);
            await Eventually.TrueAsync(() => reader.EndOffset("data_mqtt") >= goal, $"{goal} messages are stored");
            host.Kill();
            host.Dispose();
            host = await KilledHost.StartAsync(arguments);
        }
        publisher.Finish();
        await running.WaitAsync(TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(() => Missing(publisher, Read(reader)).Count == 0, "the rest has come from the broker");
        host.Dispose();
        var records = Read(reader);
        output.WriteLine($"acknowledged {publisher.Acknowledged.Count}, stored {records.Count}, twice {Doubles(records).Count()}, cut off "
            + $"{publisher.CutOff.Count}");
        return records;
    }

    private static List<int> Missing(OutsidePublisher publisher, List<Stored> records)
    {
        var stored = records.Select(record => record.Number).ToHashSet();
        return [.. publisher.Acknowledged.Keys.Where(number => !stored.Contains(number))];
    }

    /// <summary>Every record of a number after its first.</summary>
    private static IEnumerable<Stored> Doubles(List<Stored> records) =>
        records.GroupBy(record => record.Number).SelectMany(same => same.Skip(1));

    private static List<Stored> Read(ILogReader reader) =>
        [.. reader.Batches("data_mqtt", 0, 0).SelectMany(batch => batch).Select(record => new Stored(int.Parse(Text(record.Value)),
            Text(record.Headers.Single(header => header.Name == "mqtt.duplicate").Value) == "true")).Where(record => record.Number > 0)];

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    /// <param name="IsFlagged">The broker has said that it may have sent the message before.</param>
    private readonly record struct Stored(int Number, bool IsFlagged);
}
