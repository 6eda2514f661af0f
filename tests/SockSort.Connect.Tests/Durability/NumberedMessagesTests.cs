using SockSort.Connect.MqttSource.Receipts;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt;
using SockSort.Shared;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Durability;

/// <summary>
/// Numbered messages of an agent with a disk buffer, through a broker and a connector into the log, while agent, broker and connector are
/// killed (<c>kill -9</c>) at random moments: what the agent's publisher was given stands in the log, and stands there once. 10 000
/// messages and 20 kills each with <c>SOCKSORT_TESTS=all</c>, 1500 and 3 else.
/// </summary>
public class NumberedMessagesTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Messages = All ? 10_000 : 1500;
    private static readonly int Kills = All ? 20 : 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(All ? 20 : 4);

    /// <summary>Mosquitto as it is installed: it keeps on disk nothing of what it has acknowledged since its last start.</summary>
    [Fact]
    public async Task Killed_at_random_moments_with_Mosquitto_the_log_misses_no_message_and_has_none_twice()
    {
        using var folder = new TempFolder();
        await using var way = new KilledWay(folder, Messages, isEmbedded: false);
        await way.StartAsync();

        await KillAsync(way, [.. Repeat(way.KillAgentAsync), .. Repeat(way.KillConnectorAsync), .. Repeat(way.KillBrokerAsync)]);

        await AssertAllOnceAsync(way);
    }

    [Fact]
    public async Task Killed_at_random_moments_with_the_embedded_broker_the_log_misses_no_message_and_has_none_twice()
    {
        using var folder = new TempFolder();
        await using var way = new KilledWay(folder, Messages, isEmbedded: true);
        await way.StartAsync();

        await KillAsync(way, [.. Repeat(way.KillAgentAsync), .. Repeat(way.KillConnectorAsync)]);

        await AssertAllOnceAsync(way);
    }

    [Fact]
    public async Task Given_an_agent_killed_while_the_broker_is_away_expect_all_its_messages_in_the_log_once()
    {
        using var folder = new TempFolder();
        await using var way = new KilledWay(folder, Messages, isEmbedded: false);
        await way.StartAsync();
        await way.PublishedAsync(Messages / 5);

        await way.StopBrokerAsync();
        await way.PublishedAsync(2 * Messages / 5);
        await way.KillAgentAsync();
        await way.PublishedAsync(3 * Messages / 5);
        await way.StartBrokerAsync();

        await AssertAllOnceAsync(way);
    }

    private static IEnumerable<Func<Task>> Repeat(Func<Task> kill) => Enumerable.Repeat(kill, Kills);

    private static async Task KillAsync(KilledWay way, Func<Task>[] kills)
    {
        Random.Shared.Shuffle(kills);
        for (var index = 0; index < kills.Length; index++)
        {
            await way.PublishedAsync((index * Messages + Random.Shared.Next(Messages)) / (kills.Length + 1));
            await kills[index]();
        }
    }

    private async Task AssertAllOnceAsync(KilledWay way)
    {
        await way.PublishedAsync(Messages);
        await Eventually.TrueAsync(() => way.Stored().ToHashSet().IsSupersetOf(way.Published()), "all are in the log", Patience);
        var stored = way.Stored();

        Assert.Empty(stored.GroupBy(origin => origin).Where(same => same.Count() > 1).Select(same => same.Key));
        var runs = stored.Select(origin => origin.Run).Distinct().Count();
        output.WriteLine($"{way.Published().Count} published, {stored.Count} stored, {runs} runs");
    }

    /// <summary>Agent, broker and connector as processes of their own.</summary>
    private sealed class KilledWay(TempFolder folder, int messages, bool isEmbedded) : IAsyncDisposable
    {
        private readonly int _port = FreePort.Next();
        private Mosquitto? _mosquitto;
        private KilledHost? _connector;
        private KilledHost? _agent;

        private string Uri => $"mqtt://127.0.0.1:{_port}";

        private string Journal => folder.File("journal");

        private string[] ConnectorArguments =>
        [
            folder.File("data"), folder.Path, .. isEmbedded ? (string[])[$"{_port}", Mosquitto.User, Mosquitto.Password] : [],
        ];

        public async Task StartAsync()
        {
            _ = folder.Write("scripts/credentials.properties", PropertiesFile.Write(new Dictionary<string, string>
            {
                ["MQTT_URI"] = Uri,
                ["MQTT_USERNAME"] = Mosquitto.User,
                ["MQTT_PASSWORD"] = Mosquitto.Password,
            }));
            if (!isEmbedded)
                await StartBrokerAsync();
            _connector = await KilledHost.StartAsync(ConnectorArguments);
            await StartAgentAsync();
        }

        public async Task KillAgentAsync()
        {
            _agent!.Dispose();
            await StartAgentAsync();
        }

        public async Task KillConnectorAsync()
        {
            _connector!.Dispose();
            _connector = await KilledHost.StartAsync(ConnectorArguments);
        }

        public async Task KillBrokerAsync()
        {
            await StopBrokerAsync();
            await StartBrokerAsync();
        }

        public async Task StopBrokerAsync() => await _mosquitto!.DisposeAsync();

        public async Task StartBrokerAsync() => _mosquitto = await Mosquitto.StartAsync(folder, _port);

        public Task PublishedAsync(int count) =>
            Eventually.TrueAsync(() => Published().Count >= count, $"{count} messages are published", Patience);

        public List<MessageOrigin> Published() =>
        [
            .. File.ReadAllLines(Journal).Select(line => line.Split(' '))
                .Select(words => new MessageOrigin("desk", words[0], long.Parse(words[1]))),
        ];

        public List<MessageOrigin> Stored()
        {
            using var reader = SqliteLogReader.Open(folder.File("data"));
            return
            [
                .. reader.Batches("data_mqtt", 0, 0).SelectMany(batch => batch)
                    .Select(record => new MqttMessage("sockfound", record.Value!.Value, 1, false, false, 1))
                    .Select(message => MessageOrigin.Of(message)!.Value),
            ];
        }

        public async ValueTask DisposeAsync()
        {
            _agent?.Dispose();
            _connector?.Dispose();
            if (_mosquitto is not null)
                await _mosquitto.DisposeAsync();
        }

        private async Task StartAgentAsync() => _agent = await KilledHost.StartAsync(
            ["agent", folder.Path, Uri, Mosquitto.User, Mosquitto.Password, $"{messages}"]);
    }
}
