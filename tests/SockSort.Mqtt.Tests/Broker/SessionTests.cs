using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public class SessionTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_codes_of_a_subscription_are_in_the_order_of_its_filters()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 4);

        await client.SendAsync(Packet(0x82, [0, 1, .. Text("a"), 0, .. Text("b"), 2, .. Text("c"), 1]));

        Assert.Equal([0x90, 5, 0, 1, 0, 2, 1], await client.ReadAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_message_of_QoS_2_that_is_sent_again_before_its_release_comes_once(int version)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var stored = 0;
        using var intake = broker.Intake("a", _ => Task.FromResult(Interlocked.Increment(ref stored)));
        byte[] none = version == 5 ? [0] : [];
        using var client = await ConnectAsync(broker, version);

        await client.SendAsync(Packet(0x34, [.. Text("a"), 0, 7, .. none, 1]));
        var first = await client.ReadAsync();
        await client.SendAsync(Packet(0x3C, [.. Text("a"), 0, 7, .. none, 1]));
        var second = await client.ReadAsync();
        await client.SendAsync([0x62, 2, 0, 7]);
        var done = await client.ReadAsync();
        await client.SendAsync(Packet(0x34, [.. Text("a"), 0, 7, .. none, 2]));
        _ = await client.ReadAsync();

        Assert.Equal([0x50, 2, 0, 7], first);
        Assert.Equal([0x50, 2, 0, 7], second);
        Assert.Equal([0x70, 2, 0, 7], done);
        Assert.Equal(2, stored);
    }

    [Fact]
    public async Task A_release_of_nothing_is_answered_as_such()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 5);

        await client.SendAsync([0x62, 2, 0, 7]);

        Assert.Equal([0x70, 3, 0, 7, 0x92], await client.ReadAsync());
    }

    [Fact]
    public async Task QoS_2_goes_to_a_subscriber_in_its_four_steps_also_over_a_lost_connection()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using (var first = await OpenAsync(broker))
        {
            await first.SendAsync(Connect(broker, 4, "steps", flags: 0));
            await first.SendAsync(Packet(0x82, [0, 1, .. Text("a"), 2]));
            _ = await first.ReadAsync();
            _ = await first.ReadAsync();
            using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
            _ = await publisher.PublishAsync("a", "x", qos: 2);
            Assert.Equal([0x34, 6, .. Text("a"), 0, 1, (byte)'x'], await first.ReadAsync());
            await first.SendAsync([0x50, 2, 0, 1]);
            Assert.Equal([0x62, 2, 0, 1], await first.ReadAsync());
        }
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "the first connection has ended");

        using var second = await OpenAsync(broker);
        await second.SendAsync(Connect(broker, 4, "steps", flags: 0));
        var welcome = await second.ReadAsync();
        var again = await second.ReadAsync();
        await second.SendAsync([0x70, 2, 0, 1]);
        await second.SendAsync([0xC0, 0]);

        Assert.Equal([0x20, 2, 1, 0], welcome);
        // Only the release: the message was there.
        Assert.Equal([0x62, 2, 0, 1], again);
        Assert.Equal([0xD0, 0], await second.ReadAsync());
    }

    [Fact]
    public async Task A_packet_larger_than_the_subscriber_takes_is_left_out_and_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 5, properties: [0x27, 0, 0, 0, 30]);
        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("a"), 1]));
        _ = await client.ReadAsync();
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        _ = await publisher.PublishAsync("a", new string('x', 100));
        _ = await publisher.PublishAsync("a", "y");

        Assert.Equal((byte)'y', (await client.ReadAsync())![^1]);
        Assert.Equal(1, broker.Counts.TooLargeForSubscriber);
    }

    [Fact]
    public async Task A_subscriber_that_never_reads_holds_up_nobody_and_what_it_misses_is_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxQueuedMessages = 1000, MaxQueuedBytes = 1 << 20 });
        using var stuck = await ConnectAsync(broker, 4, "stuck");
        await stuck.SendAsync(Packet(0x82, [0, 1, .. Text("a"), 0]));
        using var reader = await ConnectAsync(broker, 4, "reader");
        await reader.SendAsync(Packet(0x82, [0, 1, .. Text("last"), 0]));
        _ = await reader.ReadAsync();
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        // More than both systems' buffers hold.
        for (var i = 0; i < 40; i++)
            _ = await publisher.PublishAsync("a", new string('x', 500_000));
        _ = await publisher.PublishAsync("last", "z");

        Assert.Equal((byte)'z', (await reader.ReadAsync())![^1]);
        Assert.InRange(broker.Counts.QueueDropped, 1, 39);
    }

    [Fact]
    public async Task A_session_of_MQTT_5_ends_when_it_has_expired()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Time = _time });
        await LeaveSessionAsync(broker, seconds: 60);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(await ComeBackAsync(broker));
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.False(await ComeBackAsync(broker));
    }

    [Fact]
    public async Task A_message_that_has_expired_does_not_come_and_another_comes_with_what_is_left_of_its_time()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Time = _time });
        await LeaveSessionAsync(broker, seconds: 200);
        using (var publisher = await ConnectAsync(broker, 5, "publisher"))
        {
            await publisher.SendAsync(Packet(0x32, [.. Text("a"), 0, 1, 5, 0x02, 0, 0, 0, 10, (byte)'x']));
            await publisher.SendAsync(Packet(0x32, [.. Text("a"), 0, 2, 5, 0x02, 0, 0, 0, 100, (byte)'y']));
            _ = await publisher.ReadAsync();
            _ = await publisher.ReadAsync();
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        using var client = await OpenAsync(broker);
        await client.SendAsync(Connect(broker, 5, "away", flags: 0));
        _ = await client.ReadAsync();
        var message = await client.ReadAsync();

        Assert.Equal([0x32, 12, .. Text("a"), 0, 1, 5, 0x02, 0, 0, 0, 70, (byte)'y'], message);
        Assert.Equal(1, broker.Counts.Expired);
    }

    [Fact]
    public async Task Properties_of_a_message_go_on_to_subscribers_as_they_came()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 5);
        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("a"), 0]));
        _ = await client.ReadAsync();
        byte[] users = [0x26, .. Text("k"), .. Text("1"), 0x26, .. Text("k"), .. Text("2")];
        byte[] properties = [0x01, 1, 0x03, .. Text("text/plain"), 0x08, .. Text("answer"), 0x09, 0, 1, 9, .. users];

        await client.SendAsync(Packet(0x30, [.. Text("a"), .. Block(properties), (byte)'x']));

        Assert.Equal(Packet(0x30, [.. Text("a"), .. Block(properties), (byte)'x']), await client.ReadAsync());
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 0x8E)]
    public async Task A_second_connection_with_a_client_id_takes_the_place_of_the_first(int version, int? told)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var first = await ConnectAsync(broker, version, "same");

        using var second = await ConnectAsync(broker, version, "same");
        var word = await first.ReadAsync();
        await second.SendAsync([0xC0, 0]);

        Assert.Equal(told, word is null ? null : (int?)word[2]);
        Assert.Equal([0xD0, 0], await second.ReadAsync());
    }

    [Fact]
    public async Task Ten_connections_at_once_with_one_client_id_leave_one()
    {
        await using var broker = await EmbeddedBroker.StartAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ConnectAsync(broker, 4, "same")));
        await Eventually.TrueAsync(() => broker.Counts.Connections == 1, "one is left");

        foreach (var one in all)
            one.Dispose();
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 0x8D)]
    public async Task A_client_that_is_silent_for_one_and_a_half_times_its_keep_alive_is_cut_off(int version, int? told)
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Time = _time });
        using var client = await OpenAsync(broker);
        var connect = Connect(broker, version, "silent");
        connect[11] = 10;
        await client.SendAsync(connect);
        _ = await client.ReadAsync();
        await client.SendAsync([0xC0, 0]);
        _ = await client.ReadAsync();

        _time.Advance(TimeSpan.FromSeconds(14));
        await client.SendAsync([0xC0, 0]);
        var alive = await client.ReadAsync();
        await Eventually.TrueAsync(() => Advanced(broker), "the client is cut off");

        Assert.Equal([0xD0, 0], alive);
        Assert.Equal(told, (await client.ReadAsync()) is { } word ? word[2] : null);
    }

    [Fact]
    public async Task A_client_that_does_not_say_who_it_is_is_cut_off_and_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { LoginTime = TimeSpan.FromMilliseconds(50) });
        using var silent = await OpenAsync(broker);
        using var slow = await OpenAsync(broker);
        await slow.SendAsync([0x10, 50, 0]);

        Assert.Null(await silent.ReadAsync());
        Assert.Null(await slow.ReadAsync());
        await Eventually.TrueAsync(() => broker.Counts is { SilentConnections: 2, Connections: 0 }, "both are counted");
    }

    [Fact]
    public async Task Strangers_leave_room_for_clients_and_a_connection_too_many_is_closed_and_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxConnections = 4 });
        using var client = await ConnectAsync(broker, 4);
        var strangers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => OpenAsync(broker)));
        await Eventually.TrueAsync(() => broker.Counts.Connections == 3, "the strangers are there");

        using var third = await OpenAsync(broker);
        var closed = await third.ReadAsync();

        Assert.Null(closed);
        Assert.Equal(1, broker.Counts.TooManyConnections);
        foreach (var stranger in strangers)
            stranger.Dispose();
    }

    [Fact]
    public async Task Sessions_of_absent_clients_make_room_for_new_ones()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxSessions = 2, Time = _time });
        for (var i = 0; i < 3; i++)
        {
            using (var client = await OpenAsync(broker))
            {
                await client.SendAsync(Connect(broker, 4, $"away-{i}", flags: 0));
                _ = await client.ReadAsync();
            }
            await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "it has gone");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, broker.Counts.SessionsEnded);
    }

    [Fact]
    public async Task Five_hundred_clients_are_served_at_once()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var topics = new ConcurrentDictionary<string, int>();
        using var intake = broker.Intake("of/+", message => Task.FromResult(topics.AddOrUpdate(message.Topic, 1, (_, count) => count + 1)));

        var clients = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => ConnectAsync(broker, 4 + (i % 2), $"client-{i}")));
        await Task.WhenAll(clients.Select(async (client, i) =>
        {
            byte[] none = i % 2 == 1 ? [0] : [];
            await client.SendAsync(Packet(0x32, [.. Text($"of/{i}"), 0, 1, .. none, 1]));
            _ = await client.ReadAsync();
        }));

        Assert.Equal(500, topics.Count);
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task Clients_of_MQTT_5_are_told_when_the_broker_ends()
    {
        var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 5);

        var ending = broker.DisposeAsync();
        var word = await client.ReadAsync();
        client.Dispose();
        await ending;

        Assert.Equal((0xE0, 0x8B), (word![0], word[2]));
    }

    [Fact]
    public async Task A_store_that_fails_is_named_to_a_client_of_MQTT_5()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var intake = broker.Intake("a", _ => Task.FromException(new IOException("the disk is full")));
        using var client = await ConnectAsync(broker, 5);

        await client.SendAsync(Packet(0x32, [.. Text("a"), 0, 1, 0, 1]));
        var word = await client.ReadAsync();

        Assert.Equal((0xE0, 0x83), (word![0], word[2]));
        Assert.EndsWith("the message could not be stored: the disk is full", System.Text.Encoding.UTF8.GetString(word));
    }

    private bool Advanced(EmbeddedBroker broker)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return broker.Counts.Connections == 0;
    }

    private static async Task LeaveSessionAsync(EmbeddedBroker broker, byte seconds)
    {
        using (var client = await OpenAsync(broker))
        {
            await client.SendAsync(Connect(broker, 5, "away", properties: [0x11, 0, 0, 0, seconds]));
            _ = await client.ReadAsync();
            await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("a"), 1]));
            _ = await client.ReadAsync();
        }
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "it has gone");
    }

    private static async Task<bool> ComeBackAsync(EmbeddedBroker broker)
    {
        bool isPresent;
        using (var client = await OpenAsync(broker))
        {
            await client.SendAsync(Connect(broker, 5, "away", flags: 0, properties: [0x11, 0, 0, 0, 60]));
            isPresent = (await client.ReadAsync())![2] == 1;
        }
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "it has gone");
        return isPresent;
    }
}
