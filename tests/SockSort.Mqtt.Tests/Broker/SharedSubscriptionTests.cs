using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class SharedSubscriptionTests : IAsyncDisposable
{
    private static readonly byte[] Expires60 = [0x11, 0, 0, 0, 60];

    private readonly FakeTimeProvider _time = new();
    private readonly EmbeddedBroker _broker;

    public SharedSubscriptionTests() => (_broker = EmbeddedBroker.Open(new BrokerOptions { Time = _time })).Start();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Messages_go_to_the_members_of_a_group_in_turn(int version)
    {
        using var one = await MemberAsync("one", version);
        using var two = await MemberAsync("two", version);
        using var three = await MemberAsync("three", version);

        await PublishAsync("123456");

        Assert.Equal(["14", "25", "36"], [await TakeAsync(one, 2), await TakeAsync(two, 2), await TakeAsync(three, 2)]);
    }

    [Fact]
    public async Task Each_group_and_each_client_without_one_gets_every_message()
    {
        using var one = await MemberAsync("one", group: "a");
        using var two = await MemberAsync("two", group: "b");
        using var three = await ConnectAsync(_broker, 5, "three");
        await SubscribeAsync(three, "topic", 1);

        await PublishAsync("12");

        Assert.Equal(["12", "12", "12"], [await TakeAsync(one, 2), await TakeAsync(two, 2), await TakeAsync(three, 2)]);
    }

    [Fact]
    public async Task A_client_that_also_subscribes_alone_gets_both()
    {
        using var one = await MemberAsync("one");
        await SubscribeAsync(one, "topic", 1);

        await PublishAsync("1");

        Assert.Equal("11", await TakeAsync(one, 2));
    }

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(2, 0, 0)]
    public async Task The_lower_QoS_of_message_and_subscription_counts(int published, byte subscribed, int received)
    {
        using var one = await MemberAsync("one", qos: subscribed);

        await PublishAsync("1", published);

        Assert.Equal(received, ((await one.ReadAsync())![0] >> 1) & 3);
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Mosquittos_clients_share_as_well(string version)
    {
        string[] common = ["-V", version, "-q", "1", "-c", .. version == "5" ? ["-x", "60"] : Array.Empty<string>()];
        foreach (var name in new[] { "one", "two" })
            _ = await MosquittoClient.SubscribeAsync(_broker.Endpoint, "$share/g/topic/+", [.. common, "-i", name, "-E"]);
        for (var i = 1; i <= 2; i++)
            Assert.Equal((0, ""), await MosquittoClient.PublishAsync(_broker.Endpoint, "topic/x", $"{i}", "-q", "1"));

        var lines = await MosquittoClient.SubscribeAsync(_broker.Endpoint, "$share/g/topic/+", [.. common, "-i", "one", "-C", "2"]);

        Assert.Equal(["1", "2"], lines.Order());
    }

    [Fact]
    public async Task Retained_messages_are_not_sent_for_a_shared_subscription()
    {
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(_broker.Endpoint, "topic", "r", "-q", "1", "-r"));
        using var one = await MemberAsync("one");

        await PublishAsync("1");

        Assert.Equal("1", await TakeAsync(one, 1));
    }

    [Fact]
    public async Task A_member_that_goes_hands_what_it_has_not_acknowledged_to_another()
    {
        using var one = await MemberAsync("one", properties: Expires60);
        using var two = await MemberAsync("two", properties: Expires60);
        await PublishAsync("1234");
        Assert.Equal("13", await TakeAsync(one, 2, acknowledges: false));

        one.Dispose();
        var all = await TakeAsync(two, 4);

        Assert.Equal("1234", string.Concat(all.Order()));
    }

    [Fact]
    public async Task What_waits_while_nobody_is_there_goes_to_the_first_that_comes()
    {
        (await MemberAsync("one", properties: Expires60)).Dispose();
        (await MemberAsync("two", properties: Expires60)).Dispose();
        await Eventually.TrueAsync(() => _broker.Counts.Connections == 0, "both have gone");
        await PublishAsync("1234");

        using var three = await MemberAsync("three");
        var all = await TakeAsync(three, 4);

        Assert.Equal("1234", string.Concat(all.Order()));
    }

    [Fact]
    public async Task The_end_of_a_session_hands_its_messages_to_one_that_is_away()
    {
        (await MemberAsync("one", properties: Expires60)).Dispose();
        (await MemberAsync("two", properties: [0x11, 0, 0, 0, 10])).Dispose();
        await Eventually.TrueAsync(() => _broker.Counts.Connections == 0, "both have gone");
        await PublishAsync("12");

        _time.Advance(TimeSpan.FromSeconds(11));
        using var one = await OpenAsync(_broker);
        await one.SendAsync(Connect(_broker, 5, "one", flags: 0, properties: Expires60));
        Assert.Equal(1, (await one.ReadAsync())![2]);

        Assert.Equal("12", string.Concat((await TakeAsync(one, 2)).Order()));
    }

    [Fact]
    public async Task A_message_of_QoS_2_that_was_sent_stays_with_its_client()
    {
        using var one = await MemberAsync("one", qos: 2, properties: Expires60);
        await PublishAsync("1", qos: 2);
        Assert.Equal((byte)'1', (await one.ReadAsync())![^1]);
        using var two = await MemberAsync("two", qos: 2);

        one.Dispose();
        await Eventually.TrueAsync(() => _broker.Counts.Connections == 1, "the first one has gone");
        await PublishAsync("2", qos: 2);

        Assert.Equal((byte)'2', (await two.ReadAsync())![^1]);
    }

    [Fact]
    public async Task Who_has_left_the_group_gets_nothing_more()
    {
        using var one = await MemberAsync("one");
        using var two = await MemberAsync("two");
        await one.SendAsync(Packet(0xA2, [0, 2, 0, .. Text("$share/group/topic")]));
        Assert.Equal([0xB0, 4, 0, 2, 0, 0], await one.ReadAsync());

        await PublishAsync("12");

        Assert.Equal("12", await TakeAsync(two, 2));
    }

    [Fact]
    public async Task No_local_with_a_shared_subscription_ends_the_connection()
    {
        using var one = await ConnectAsync(_broker, 5, "one");

        await one.SendAsync(Packet(0x82, [0, 1, 0, .. Text("$share/group/topic"), 5]));
        var word = await one.ReadAsync();

        Assert.Equal((0xE0, 0x82), (word![0], word[2]));
        Assert.Equal(1, _broker.Counts.Refusals["a shared subscription with no local [MQTT-3.8.3-4]"]);
    }

    [Fact]
    public async Task A_group_keeps_what_waits_for_it_over_a_restart()
    {
        using var folder = new TempFolder();
        var options = new BrokerOptions { StateFolder = folder.Path, Password = "right" };
        await using (var first = await EmbeddedBroker.StartAsync(options))
        {
            using (var client = await ConnectAsync(first, 5, "away", Expires60))
                await SubscribeAsync(client, "$share/group/topic", 1);
            await Eventually.TrueAsync(() => first.Counts.Connections == 0, "it has gone");
            Assert.Equal((0, ""), await MosquittoClient.PublishAsync(first.Endpoint, "topic", "1", "-q", "1"));
        }

        await using var next = await EmbeddedBroker.StartAsync(options);
        var lines = await MosquittoClient.SubscribeAsync(next.Endpoint, "$share/group/topic", "-q", "1", "-C", "1");

        Assert.Equal(["1"], lines);
    }

    private async Task<RawClient> MemberAsync(
        string name, int version = 5, string group = "group", string topic = "topic", byte qos = 1, byte[]? properties = null)
    {
        var client = await ConnectAsync(_broker, version, name, version == 5 ? properties : null);
        await SubscribeAsync(client, $"$share/{group}/{topic}", qos, version);
        return client;
    }

    private static async Task SubscribeAsync(RawClient client, string filter, byte qos, int version = 5)
    {
        byte[] none = version == 5 ? [0] : [];
        await client.SendAsync(Packet(0x82, [0, 1, .. none, .. Text(filter), qos]));
        Assert.Equal(qos, (await client.ReadAsync())![^1]);
    }

    /// <summary>Publishes each character as a message.</summary>
    private async Task PublishAsync(string characters, int qos = 1)
    {
        using var publisher = await TestClient.ConnectAsync(_broker.Endpoint);
        foreach (var character in characters)
            Assert.True((await publisher.PublishAsync("topic", $"{character}", qos)).IsSuccess);
    }

    private static async Task<string> TakeAsync(RawClient client, int count, bool acknowledges = true)
    {
        var taken = "";
        while (taken.Length < count)
        {
            var packet = (await client.ReadAsync())!;
            taken += (char)packet[^1];
            // Header, length, topic, identifier.
            if (acknowledges)
                await client.SendAsync([0x40, 2, packet[9], packet[10]]);
        }
        return taken;
    }
}
