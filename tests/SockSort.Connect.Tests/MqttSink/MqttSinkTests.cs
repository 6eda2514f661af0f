using System.Collections.Concurrent;
using System.Text;
using SockSort.Connect.Classes;
using SockSort.Log;
using SockSort.Mqtt;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Connect.Tests.MqttSink;

/// <summary>The MQTT sink at both kinds of brokers.</summary>
public sealed class MqttSinkTests
{
    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task Records_are_published_in_their_order_under_the_names_of_their_topics(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        await using var seen = await Seen.StartAsync(bench.Endpoint, "PAIRS", "later");
        _ = await bench.Log.AppendAsync("PAIRS", [Record(null, "1"), Record(null, "2"), Record("k", "3")]);

        _ = await bench.Worker.CreateAsync("lamp", Configuration(bench));
        await seen.CountAsync(3);
        _ = await bench.Log.AppendAsync("later", Record(null, "4"));
        await seen.CountAsync(4);

        Assert.Equal(["PAIRS 1", "PAIRS 2", "PAIRS 3", "later 4"], seen.Texts);
        await Eventually.TrueAsync(() => bench.Log.CommittedOffset("connect-lamp", "PAIRS") == 3, "the offset is committed");
        var info = bench.InfoOf("lamp");
        Assert.Equal((ConnectorKind.Sink, ConnectorState.Running), (info.Kind, info.State));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task By_key_the_broker_keeps_the_last_value_of_each_and_forgets_one_that_is_gone(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Log.AppendAsync(
            "PAIRS", [Record("a", "1"), Record("\"b\"", "2"), Record("a", "3"), Record("c", "4"), Record("c", null)]);
        _ = await bench.Worker.CreateAsync("lamp", Configuration(bench, ("mqtt.topic", "home/${topic}/${key}")));
        await Eventually.TrueAsync(() => bench.Log.CommittedOffset("connect-lamp", "PAIRS") == 5, "all are published");

        await using var seen = await Seen.StartAsync(bench.Endpoint, "home/#");
        await seen.CountAsync(2);

        Assert.Equal(["home/PAIRS/a 3 retained", "home/PAIRS/b 2 retained"], seen.Texts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unretained_the_broker_keeps_nothing_and_a_key_that_is_gone_is_not_published()
    {
        await using var bench = await ConnectBench.StartAsync("mosquitto");
        await using var seen = await Seen.StartAsync(bench.Endpoint, "PAIRS");
        _ = await bench.Log.AppendAsync("PAIRS", [Record("a", "1"), Record("a", null), Record("a", "2")]);

        _ = await bench.Worker.CreateAsync("lamp", Configuration(bench, ("mqtt.retained.enabled", "false"), ("mqtt.qos", "2")));
        await seen.CountAsync(2);
        await Eventually.TrueAsync(() => bench.Log.CommittedOffset("connect-lamp", "PAIRS") == 3, "all are published");
        await using var late = await Seen.StartAsync(bench.Endpoint, "PAIRS");
        _ = await bench.Log.AppendAsync("PAIRS", Record("a", "3"));
        await late.CountAsync(1);
        await seen.CountAsync(3);

        Assert.Equal(["PAIRS 1", "PAIRS 2", "PAIRS 3"], seen.Texts);
        Assert.Equal(["PAIRS 3"], late.Texts);
    }

    [Fact]
    public async Task A_record_that_cannot_be_published_fails_it_or_becomes_a_dead_letter_where_that_is_asked_for()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        _ = await bench.Log.AppendAsync("PAIRS", [Record("a", "1"), Record(null, "2"), Record("x/#", "3"), Record("b", "4")]);
        var strict = Configuration(bench, ("mqtt.topic", "${key}"));
        _ = await bench.Worker.CreateAsync("strict", strict);
        _ = await bench.Worker.CreateAsync("lamp", Configuration(
            bench, ("mqtt.topic", "${key}"), ("errors.tolerance", "all"), ("errors.deadletterqueue.topic.name", "letters")));
        await Eventually.TrueAsync(() => bench.InfoOf("strict").State == ConnectorState.Failed, "the strict one has failed");
        await Eventually.TrueAsync(() => bench.Log.CommittedOffset("connect-lamp", "PAIRS") == 4, "the other one has gone on");

        Assert.Equal(
            "connector 'strict': 'mqtt.topic' has ${key}, and the record has no key, or one that is no text", bench.InfoOf("strict").Trace);
        // What stands before it is passed alone, so that it is not published at each try.
        await Eventually.TrueAsync(() => bench.Log.CommittedOffset("connect-strict", "PAIRS") == 1, "the first one is committed");
        var letters = bench.Log.Read("letters", 0, 0);
        Assert.Equal(["2", "3"], letters.Select(letter => Encoding.UTF8.GetString(letter.Value!.Value.Span)));
        Assert.Equal(
            ["topic=PAIRS", "partition=0", "offset=1", "connector.name=lamp", "task.id=0", "stage=TASK_PUT"],
            letters[0].Headers.Take(6).Select(header => $"{header.Name["__connect.errors.".Length..]}={Text(header.Value)}"));
        Assert.Equal((2, 2), (bench.InfoOf("lamp").Counts.DeadLetters, bench.InfoOf("lamp").Counts.Stored));
    }

    [Fact]
    public async Task A_broker_that_is_away_fails_it_also_while_there_is_nothing_to_publish_and_nothing_is_lost()
    {
        using var folder = new TempFolder();
        var port = FreePort.Next();
        await using var bench = await ConnectBench.StartAsync("embedded");
        var endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{port}", Mosquitto.User, Mosquitto.Password);
        var configuration = Configuration(
            bench, ("mqtt.server.uri", $"{endpoint}"), ("mqtt.username", Mosquitto.User), ("mqtt.password", Mosquitto.Password));
        var broker = await Mosquitto.StartAsync(folder, port);
        _ = await bench.Worker.CreateAsync("lamp", configuration);
        await bench.ConnectedAsync("lamp");

        await broker.DisposeAsync();
        await Eventually.TrueAsync(() => bench.InfoOf("lamp").State == ConnectorState.Failed, "it has failed");
        _ = await bench.Log.AppendAsync("PAIRS", [Record(null, "1"), Record(null, "2")]);
        await using var again = await Mosquitto.StartAsync(folder, port);
        await bench.ConnectedAsync("lamp");
        await Eventually.TrueAsync(() => bench.Log.CommittedOffset("connect-lamp", "PAIRS") == 2, "both are published");

        await using var seen = await Seen.StartAsync(endpoint, "PAIRS");
        await seen.CountAsync(1);
        Assert.Equal(["PAIRS 2 retained"], seen.Texts);
    }

    [Theory]
    [InlineData("mqtt.server.uri", "http://x", "has the unknown scheme 'http'")]
    [InlineData("mqtt.topic", "a/#", "can't be used")]
    [InlineData("mqtt.qos", "3", "is '3'; use a whole number from 0 to 2")]
    [InlineData("errors.tolerance", "some", "is 'some'; use none or all")]
    [InlineData("errors.deadletterqueue.topic.name", "PAIRS", "is one of the connector's 'topics'; choose another one")]
    public async Task A_wrong_configuration_is_refused_with_its_key(string key, string value, string problem)
    {
        await using var bench = await ConnectBench.StartAsync("embedded");

        var error = await Assert.ThrowsAsync<ConnectException>(
            () => bench.Worker.CreateAsync("lamp", Configuration(bench, (key, value))));

        Assert.Equal(key, error.Key);
        Assert.Contains(problem, error.Message);
    }

    private static NewRecord Record(string? key, string? value) =>
        NewRecord.Of(0, Bytes(key), Bytes(value));

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    private static Dictionary<string, string> Configuration(ConnectBench bench, params (string Key, string Value)[] changes)
    {
        var source = bench.Configuration();
        var configuration = new Dictionary<string, string>
        {
            ["connector.class"] = "io.confluent.connect.mqtt.MqttSinkConnector",
            ["topics"] = "PAIRS, later",
            ["mqtt.server.uri"] = source["mqtt.server.uri"],
            ["mqtt.username"] = source["mqtt.username"],
            ["mqtt.password"] = source["mqtt.password"],
        };
        foreach (var (key, value) in changes)
            configuration[key] = value;
        return configuration;
    }

    /// <summary>What a subscriber has got.</summary>
    private sealed class Seen : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _texts = new();
        private readonly MqttSubscriber _subscriber;

        private Seen(MqttEndpoint endpoint, string[] filters) => _subscriber = MqttSubscriber.Start(
            new SubscriberOptions { Endpoint = endpoint, ClientId = $"seen-{Guid.NewGuid():N}", TopicFilters = filters, Qos = 2 },
            (messages, _) =>
            {
                foreach (var message in messages)
                    _texts.Enqueue(TextOf(message));
                return Task.CompletedTask;
            });

        public IReadOnlyList<string> Texts => [.. _texts];

        private static string TextOf(MqttMessage message)
        {
            var text = $"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}";
            return message.Retained ? text + " retained" : text;
        }

        /// <summary>Returns when the subscription is granted.</summary>
        public static async Task<Seen> StartAsync(MqttEndpoint endpoint, params string[] filters)
        {
            var seen = new Seen(endpoint, filters);
            await Eventually.TrueAsync(() => seen._subscriber.Status.State == ConnectionState.Connected, "it is subscribed");
            return seen;
        }

        public Task CountAsync(int count) => Eventually.TrueAsync(() => _texts.Count >= count, $"{count} messages have come");

        public ValueTask DisposeAsync() => _subscriber.DisposeAsync();
    }
}
