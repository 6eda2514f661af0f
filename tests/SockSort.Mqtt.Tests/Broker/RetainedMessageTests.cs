using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public class RetainedMessageTests(ManyRetained many) : IClassFixture<ManyRetained>
{
    [Theory]
    [InlineData("31", 0)]
    [InlineData("31", 1)]
    [InlineData("311", 0)]
    [InlineData("311", 1)]
    [InlineData("311", 2)]
    [InlineData("5", 0)]
    [InlineData("5", 1)]
    [InlineData("5", 2)]
    public async Task A_new_subscriber_gets_all_of_ten_thousand_though_a_thousand_may_wait_for_it(string version, int qos)
    {
        var lines = await MosquittoClient.SubscribeAsync(many.Broker.Endpoint, "kept/#",
            "-V", version, "-q", $"{qos}", "-C", $"{ManyRetained.Count}", "-F", "%t %r %q");

        Assert.Equal(
            Enumerable.Range(0, ManyRetained.Count).Select(i => $"kept/{i:00000} 1 {qos}"),
            lines.Order(StringComparer.Ordinal));
        Assert.Equal(0, many.Broker.Counts.QueueDropped);
    }

    [Fact]
    public async Task Each_of_several_filters_gets_its_own()
    {
        using var client = await ConnectAsync(many.Broker, 4, "several");

        await client.SendAsync(Packet(0x82, [0, 1, .. Text("kept/00001"), 0, .. Text("kept/00002"), 0, .. Text("+/00001"), 0]));
        _ = await client.ReadAsync();

        string[] topics = [await TopicAsync(client), await TopicAsync(client), await TopicAsync(client)];
        Assert.Equal(["kept/00001", "kept/00002", "kept/00001"], topics);
    }

    // Options byte, whether the subscription is new, whether the message comes.
    [Theory]
    [InlineData(0x00, false, true)]
    [InlineData(0x10, true, true)]
    [InlineData(0x10, false, false)]
    [InlineData(0x20, true, false)]
    public async Task Retain_handling_says_when_they_come(byte options, bool isNew, bool comes)
    {
        using var client = await ConnectAsync(many.Broker, 5, $"handling-{options}-{isNew}");
        var first = isNew ? options : (byte)0x20;
        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("kept/00007"), first]));
        _ = await client.ReadAsync();

        if (!isNew)
        {
            await client.SendAsync(Packet(0x82, [0, 2, 0, .. Text("kept/00007"), options]));
            _ = await client.ReadAsync();
        }
        await client.SendAsync([0xC0, 0]);
        var next = await client.ReadAsync();
        var afterwards = comes && next![0] == 0xD0 ? await client.ReadAsync() : next;

        // Its answer to a ping may overtake the message.
        Assert.Equal(comes ? 0x31 : 0xD0, afterwards![0]);
    }

    [Theory]
    [InlineData(0x00, false)]
    [InlineData(0x08, true)]
    public async Task Retain_as_published_leaves_the_flag_on_new_messages(byte options, bool flagged)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 5);
        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("a"), options]));
        _ = await client.ReadAsync();
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        _ = await publisher.PublishAsync("a", "x", retain: true);

        Assert.Equal(flagged ? 0x31 : 0x30, (await client.ReadAsync())![0]);
    }

    [Fact]
    public async Task A_subscriber_that_takes_ten_at_a_time_gets_them_as_it_acknowledges_and_the_rest_on_its_next_connection()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxQueuedMessages = 5 });
        using (var publisher = await TestClient.ConnectAsync(broker.Endpoint))
            await Task.WhenAll(Enumerable.Range(0, 25).Select(i => publisher.PublishAsync($"kept/{i:00}", "x", retain: true)));
        byte[] ten = [0x21, 0, 10, 0x11, 0, 0, 1, 0];
        var seen = new List<string>();

        using (var first = await OpenAsync(broker))
        {
            await first.SendAsync(Connect(broker, 5, "slow", flags: 0, properties: ten));
            await first.SendAsync(Packet(0x82, [0, 1, 0, .. Text("kept/#"), 1]));
            _ = await first.ReadAsync();
            _ = await first.ReadAsync();
            for (var i = 0; i < 10; i++)
                seen.Add($"{await TopicAsync(first)}");
            // An answer to a ping, and not an eleventh message.
            await first.SendAsync([0xC0, 0]);
            Assert.Equal(0xD0, (await first.ReadAsync())![0]);
        }
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "the first connection has ended");
        using var second = await OpenAsync(broker);
        await second.SendAsync(Connect(broker, 5, "slow", flags: 0, properties: ten));
        Assert.Equal(1, (await second.ReadAsync())![2]);
        for (var i = 0; i < 25; i++)
        {
            var packet = (await second.ReadAsync())!;
            // The ten that were not acknowledged come again, as duplicates and under their identifiers.
            Assert.Equal(i < 10 ? 0x3B : 0x33, packet[0]);
            if (i >= 10)
                seen.Add(TopicOf(packet));
            await second.SendAsync(Packet(0x40, packet[(4 + packet[3])..(6 + packet[3])]));
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"kept/{i:00}"), seen.Order());
    }

    [Fact]
    public async Task What_has_changed_meanwhile_comes_as_it_is_now_and_what_is_gone_does_not_come()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        for (var i = 0; i < 4; i++)
            _ = await publisher.PublishAsync($"kept/{i}", "old", retain: true);
        using var client = await ConnectAsync(broker, 5, properties: [0x21, 0, 1]);
        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("kept/#"), 1]));
        _ = await client.ReadAsync();
        var first = (await client.ReadAsync())!;

        _ = await publisher.PublishAsync("kept/2", "new", retain: true);
        _ = await publisher.PublishAsync("kept/3", "", retain: true);
        var got = new List<string> { Line(first) };
        for (var packet = first; got.Count < 5; got.Add(Line(packet)))
        {
            await client.SendAsync(Packet(0x40, packet[(4 + packet[3])..(6 + packet[3])]));
            packet = (await client.ReadAsync())!;
        }

        // Retained ones and new ones take turns.
        string[] expected = ["kept/0 old retained", "kept/1 old retained", "kept/2 new", "kept/2 new retained", "kept/3 "];
        Assert.Equal(expected, got.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_no_room_for_one_more_it_is_passed_on_and_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxRetainedMessages = 2 });
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        for (var i = 0; i < 3; i++)
            _ = await publisher.PublishAsync($"kept/{i}", "x", retain: true);
        _ = await publisher.PublishAsync("kept/1", "y", retain: true);

        Assert.Equal((2, 1), (broker.Counts.Retained, broker.Counts.RetainedRefused));
    }

    [Fact]
    public async Task They_come_to_the_librarys_client_with_the_identifier_of_the_subscription()
    {
        using var client = await TestClient.ConnectAsync(many.Broker.Endpoint);
        var received = new TaskCompletionSource<MqttApplicationMessage>();
        client.ApplicationMessageReceivedAsync += args =>
        {
            _ = received.TrySetResult(args.ApplicationMessage);
            return Task.CompletedTask;
        };

        _ = await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithSubscriptionIdentifier(300)
            .WithTopicFilter("kept/00042", MqttQualityOfServiceLevel.ExactlyOnce).Build());
        var message = await received.Task.WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(("kept/00042", true, 300u), (message.Topic, message.Retain, message.SubscriptionIdentifiers[0]));
    }

    private static async Task<string> TopicAsync(RawClient client) => TopicOf((await client.ReadAsync())!);

    private static string TopicOf(byte[] packet) => System.Text.Encoding.UTF8.GetString(packet.AsSpan(4, packet[3]));

    private static string Line(byte[] packet) =>
        $"{TopicOf(packet)} {System.Text.Encoding.UTF8.GetString(packet.AsSpan(7 + packet[3]))}{((packet[0] & 1) == 1 ? " retained" : "")}";
}
