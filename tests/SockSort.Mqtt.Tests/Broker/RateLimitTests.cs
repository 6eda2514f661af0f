using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Broker.Clients;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class RateLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_seconds_worth_may_come_at_once_and_the_others_wait_for_their_time()
    {
        var limit = new RateLimit(4, _time);
        _time.Advance(TimeSpan.FromSeconds(10));

        var waits = Enumerable.Range(0, 6).Select(_ => limit.Take().TotalMilliseconds).ToList();

        Assert.Equal([0, 0, 0, 0, 250, 500], waits);
    }

    [Fact]
    public async Task A_client_that_sends_too_fast_is_read_more_slowly_and_loses_nothing()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxMessagesPerSecond = 10, Time = _time });
        _time.Advance(TimeSpan.FromSeconds(1));
        var stored = 0;
        using var intake = broker.Intake("a", _ => Task.FromResult(Interlocked.Increment(ref stored)));
        using var fast = await ConnectAsync(broker, 4, "fast");
        using var slow = await ConnectAsync(broker, 4, "slow");

        for (byte id = 1; id <= 30; id++)
            await fast.SendAsync(Packet(0x32, [.. Text("a"), 0, id, 1]));
        await Eventually.TrueAsync(() => broker.Counts.SlowedMessages == 1, "it is held back");
        var before = broker.Counts.Received;
        await slow.SendAsync(Packet(0x32, [.. Text("b"), 0, 1, 1]));
        _ = await slow.ReadAsync();
        await Eventually.TrueAsync(() => Advanced(broker, 31), "all have come");

        Assert.InRange(before, 1, 12);
        Assert.Equal(30, stored);
    }

    [Fact]
    public async Task Connections_that_come_too_fast_from_one_address_wait()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxConnectionsPerSecond = 2, Time = _time });
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OpenAsync(broker)));

        await Eventually.TrueAsync(() => broker.Counts.SlowedConnections >= 2, "some wait");
        var entering = clients.Select(async (client, i) =>
        {
            await client.SendAsync(Connect(broker, 4, $"client-{i}"));
            return (await client.ReadAsync())![3];
        }).ToList();
        await Eventually.TrueAsync(() => Advanced(entering), "all are let in");

        Assert.All(entering, entered => Assert.Equal(0, entered.Result));
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task A_connection_that_would_wait_for_too_long_is_closed_and_counted()
    {
        var options = new BrokerOptions { MaxConnectionsPerSecond = 1, LoginTime = TimeSpan.FromSeconds(2), Time = _time };
        await using var broker = await EmbeddedBroker.StartAsync(options);

        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(broker)));

        await Eventually.TrueAsync(() => broker.Counts.TooManyConnections >= 4, "those that come last are closed");
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task The_clients_that_have_missed_most_are_named()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxQueuedMessages = 2 });
        for (byte i = 0; i < 12; i++)
        {
            using var away = await OpenAsync(broker);
            await away.SendAsync(Connect(broker, 4, $"away-{i:00}", flags: 0));
            _ = await away.ReadAsync();
            await away.SendAsync(Packet(0x82, [0, 1, .. Text(i == 3 ? "#" : "a"), 1]));
            _ = await away.ReadAsync();
        }
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "all have gone");
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        for (var i = 0; i < 4; i++)
            _ = await publisher.PublishAsync(i == 0 ? "b" : "a", "x");

        var worst = broker.Counts.WorstSubscribers;
        Assert.Equal((10, new ClientDrops("away-03", 2), new ClientDrops("away-00", 1)), (worst.Count, worst[0], worst[1]));
        Assert.Equal(13, broker.Counts.QueueDropped);
    }

    private bool Advanced(EmbeddedBroker broker, long received)
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));
        return broker.Counts.Received == received;
    }

    private bool Advanced(List<Task<byte>> entering)
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));
        return entering.TrueForAll(entered => entered.IsCompletedSuccessfully);
    }
}
