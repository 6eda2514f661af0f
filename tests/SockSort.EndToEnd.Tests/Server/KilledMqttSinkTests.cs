using System.Collections.Concurrent;
using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>
/// The server is killed with <c>kill -9</c> while an MQTT sink publishes: in the end no record is missing at its subscriber.
/// </summary>
public sealed class KilledMqttSinkTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Kills = All ? 20 : 3;
    private static readonly int Records = All ? 100_000 : 10_000;

    [Fact]
    public async Task Killed_at_random_moments_it_publishes_every_record()
    {
        using var folder = new TempFolder();
        await using var broker = await Mosquitto.StartAsync(folder);
        var seen = new ConcurrentDictionary<string, int>();
        await using var subscriber = MqttSubscriber.Start(
            new SubscriberOptions
            {
                Endpoint = MqttEndpoint.Parse(broker.Uri, Mosquitto.User, Mosquitto.Password),
                ClientId = "seen",
                TopicFilters = ["numbers"],
                KeepSession = true,
            },
            (messages, cancellation) =>
            {
                foreach (var message in messages)
                    _ = seen.AddOrUpdate(Encoding.UTF8.GetString(message.Payload.Span), 1, (_, times) => times + 1);
                return Task.CompletedTask;
            });
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "it is subscribed");
        await FillAsync(folder.File("data"));
        var queries = folder.Write("sink.ksql", $"""
            CREATE SINK CONNECTOR numbers WITH ('connector.class'='MqttSink', 'topics'='numbers', 'mqtt.server.uri'='{broker.Uri}',
              'mqtt.username'='{Mosquitto.User}', 'mqtt.password'='{Mosquitto.Password}', 'mqtt.retained.enabled'='false');
            """);

        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var server = Start(folder, queries);
            var goal = (kill - 1) * Records / Kills + Random.Shared.Next(Records / Kills);
            await Eventually.TrueAsync(() => seen.Count >= goal, "so many have come", TimeSpan.FromMinutes(2));
            await server.KillAsync();
        }
        await using var last = Start(folder, queries);
        await Eventually.TrueAsync(() => seen.Count == Records, "every one has come", TimeSpan.FromMinutes(2));

        Assert.Equal(Enumerable.Range(0, Records).Select(i => $"{i}").Order(), seen.Keys.Order());
        output.WriteLine($"{Kills} kills, {Records} records, {seen.Values.Sum() - Records} published twice");
    }

    private static SocksortProcess Start(TempFolder folder, string queries) => SocksortProcess.Start(
        ["server", "--listen", "http://127.0.0.1:0", "--connect-listen", "off", "--data", folder.File("data"), "--queries", queries]);

    private static async Task FillAsync(string data)
    {
        await using var log = SqliteLog.Open(data);
        foreach (var chunk in Enumerable.Range(0, Records).Chunk(5000))
            _ = await log.AppendAsync("numbers", [.. chunk.Select(i => NewRecord.Of(i, null, Encoding.UTF8.GetBytes($"{i}")))]);
    }
}
