using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

/// <summary>What happens to messages that are larger than the subscriber takes.</summary>
public class LargeMessagesTests
{
    private const int MaxPayloadBytes = 64 * 1024;
    private const int LargeBytes = 1_000_000;

    private readonly ConcurrentQueue<MqttMessage> _handled = new();

    public static TheoryData<MqttVersion, int> VersionsAndQos =>
        new MatrixTheoryData<MqttVersion, int>([MqttVersion.V5, MqttVersion.V311], [0, 1, 2]);

    [Theory, MemberData(nameof(VersionsAndQos))]
    public async Task Large_messages_are_cut_and_what_follows_arrives(MqttVersion version, int qos)
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        var options = Options(broker.Endpoint with { Version = version }) with { Qos = qos };
        await using (var subscriber = await StartAsync(options))
        {
            using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
            foreach (var bytes in new[] { 1, MaxPayloadBytes, MaxPayloadBytes + 1, LargeBytes, LargeBytes, 2 })
                await PublishAsync(publisher, bytes, qos);
            await Eventually.TrueAsync(() => _handled.Count == 6, "all are handled");
            var status = subscriber.Status;
            Assert.Equal((6, 3, 0, 0), (status.Received, status.TooLarge, status.Reconnects, status.Dropped));
        }

        Assert.Equal([(1, 1), (65536, 65536), (1024, 65537), (1024, LargeBytes), (1024, LargeBytes), (2, 2)], Sizes());
        Assert.All(_handled, message => Assert.All(message.Payload.ToArray(), value => Assert.Equal((byte)message.FullBytes, value)));
        await NothingIsSentAgainAsync(options, broker.Endpoint);
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task A_large_message_that_the_broker_kept_does_not_stop_the_subscriber(MqttVersion version)
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        var options = Options(broker.Endpoint with { Version = version });
        await PublishAsync(publisher, LargeBytes, qos: 1, retain: true);
        await using (await StartAsync(options))
            await Eventually.TrueAsync(() => _handled.Count == 1, "the retained message is handled");
        await PublishAsync(publisher, LargeBytes + 1, qos: 1);
        await PublishAsync(publisher, 2, qos: 1);

        await using var subscriber = await StartAsync(options);
        await Eventually.TrueAsync(() => Sizes().Contains((2, 2)), "the last message is handled");

        Assert.Equal([(1024, LargeBytes), (1024, LargeBytes + 1), (2, 2)], Sizes().Distinct());
        Assert.True(_handled.First().Retained);
        Assert.Equal(0, subscriber.Status.Reconnects);
    }

    [Fact]
    public async Task A_message_of_70_MB_is_passed_by_default()
    {
        const int bytes = 70_000_000;
        using var folder = new TempFolder();
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        var options = new SubscriberOptions { Endpoint = broker.Endpoint, ClientId = "test-subscriber", TopicFilters = ["sockfound"] };
        await using var subscriber = await StartAsync(options);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        await PublishAsync(publisher, 1, qos: 1);
        await PublishFileAsync(broker.Endpoint, folder.Write("large", new string('x', bytes)));
        await PublishAsync(publisher, 2, qos: 1);
        await Eventually.TrueAsync(() => _handled.Count == 3, "all are handled");

        Assert.Equal([(1, 1), (1024, bytes), (2, 2)], Sizes());
        Assert.Equal((1, 0), (subscriber.Status.TooLarge, subscriber.Status.Reconnects));
    }

    [Fact]
    public async Task Large_properties_do_not_make_a_message_large()
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        await using var subscriber = await StartAsync(Options(broker.Endpoint));
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        var property = new MqttUserProperty("name", new ReadOnlyMemory<byte>([.. Enumerable.Repeat((byte)'v', 60_000)]));
        await PublishAsync(publisher, 10, qos: 1, properties: [property, property, property]);
        await Eventually.TrueAsync(() => _handled.Count == 1, "it is handled");

        Assert.Equal([(10, 10)], Sizes());
    }

    [Fact]
    public async Task Large_messages_that_are_taken_wait_for_each_other()
    {
        var gate = new TaskCompletionSource();
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        await using var subscriber = await StartAsync(
            Options(broker.Endpoint) with { MaxPendingBytes = 3 * MaxPayloadBytes }, _ => gate.Task);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        for (var i = 0; i < 10; i++)
            await PublishAsync(publisher, MaxPayloadBytes, qos: 0);
        await Eventually.TrueAsync(() => subscriber.Status.Received == 3, "as many are taken as there is room for");
        await PublishAsync(publisher, 1, qos: 1);
        var taken = subscriber.Status.Received;
        gate.SetResult();
        await Eventually.TrueAsync(() => _handled.Count == 11, "all are handled");

        Assert.Equal(3, taken);
    }

    [Fact]
    public async Task The_largest_packet_that_an_MQTT_5_broker_shall_send_is_announced()
    {
        await using var broker = await AnyBroker.StartAsync("mosquitto");
        await using var subscriber = await StartAsync(Options(broker.Endpoint) with { AnnouncedMaxPacketBytes = 100_000 });
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        foreach (var bytes in new[] { 1, LargeBytes, 90_000, 2 })
            await PublishAsync(publisher, bytes, qos: 1);
        await Eventually.TrueAsync(() => _handled.Count == 3, "all that the broker sends are handled");

        Assert.Equal([(1, 1), (1024, 90_000), (2, 2)], Sizes());
    }

    private static SubscriberOptions Options(MqttEndpoint endpoint) =>
        new() { Endpoint = endpoint, ClientId = "test-subscriber", TopicFilters = ["sockfound"], MaxPayloadBytes = MaxPayloadBytes };

    private async Task<MqttSubscriber> StartAsync(SubscriberOptions options, Func<IReadOnlyList<MqttMessage>, Task>? before = null)
    {
        var subscriber = MqttSubscriber.Start(options, async (batch, _) =>
        {
            if (before is not null)
                await before(batch);
            foreach (var message in batch)
                _handled.Enqueue(message);
        });
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "the subscriber is connected");
        return subscriber;
    }

    private IEnumerable<(int Kept, long Full)> Sizes() => _handled.Select(message => (message.Payload.Length, message.FullBytes));

    private static Task PublishAsync(
        IMqttClient client, int bytes, int qos, bool retain = false, List<MqttUserProperty>? properties = null) =>
        client.PublishAsync(new MqttApplicationMessage
        {
            Topic = "sockfound",
            Payload = new ReadOnlySequence<byte>([.. Enumerable.Repeat((byte)bytes, bytes)]),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
            Retain = retain,
            UserProperties = properties,
        });

    private static async Task PublishFileAsync(MqttEndpoint endpoint, string file)
    {
        string[] broker = ["-h", "127.0.0.1", "-p", $"{endpoint.Port}", "-u", endpoint.User!, "-P", endpoint.Password!];
        string[] arguments = [.. broker, "-t", "sockfound", "-q", "1", "-f", file];
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto_pub"), arguments))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private async Task NothingIsSentAgainAsync(SubscriberOptions options, MqttEndpoint endpoint)
    {
        _handled.Clear();
        await using var again = await StartAsync(options);
        using var publisher = await TestClient.ConnectAsync(endpoint);
        await PublishAsync(publisher, 3, qos: 1);
        await Eventually.TrueAsync(() => !_handled.IsEmpty, "the next message is handled");
        Assert.Equal([(3, 3)], Sizes());
    }
}
