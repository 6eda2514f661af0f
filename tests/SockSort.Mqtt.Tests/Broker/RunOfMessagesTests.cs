using System.Collections.Concurrent;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class RunOfMessagesTests
{
    private static readonly byte[] Subscribe = Packet(0x82, [0, 9, .. Text("a"), 0]);

    [Fact]
    public async Task Messages_that_come_together_are_stored_together_and_acknowledged_in_order()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var (runs, stored) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        using var intake = broker.IntakeOfMany(["a", "b/+"], messages =>
        {
            runs.Enqueue(string.Concat(messages.Select(message => message.Text())));
            return stored.Task;
        });
        using var client = await ConnectAsync(broker, 4);

        await client.SendAsync([.. Publish("a", 1), .. Publish("b/x", 2), .. Publish("a", 3)]);
        await Eventually.TrueAsync(() => broker.Counts.Received == 3, "all have come");
        var before = broker.Counts.Stored;
        stored.SetResult();
        var answers = new[] { await client.ReadAsync(), await client.ReadAsync(), await client.ReadAsync() };

        Assert.Equal(["123"], runs);
        Assert.Equal((0, 3), (before, broker.Counts.Stored));
        Assert.Equal([[0x40, 2, 0, 1], [0x40, 2, 0, 2], [0x40, 2, 0, 3]], answers);
    }

    [Fact]
    public async Task Messages_before_one_that_is_not_stored_are_acknowledged()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MustBeStored = "b" });
        using var intake = broker.IntakeOfMany(["a"], _ => Task.CompletedTask);
        using var client = await ConnectAsync(broker, 4);

        await client.SendAsync([.. Publish("a", 1), .. Publish("a", 2), .. Publish("b", 3), .. Publish("a", 4)]);

        Assert.Equal([0x40, 2, 0, 1], await client.ReadAsync());
        Assert.Equal([0x40, 2, 0, 2], await client.ReadAsync());
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task Messages_before_a_packet_that_is_wrong_are_stored()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var stored = 0;
        using var intake = broker.IntakeOfMany(["a"], messages => Task.FromResult(Interlocked.Add(ref stored, messages.Count)));
        using var client = await ConnectAsync(broker, 4);

        await client.SendAsync([.. Publish("a", 1), .. Publish("a", 2), .. Publish("a/#", 3)]);
        while (await client.ReadAsync() is not null)
        {
            // The acknowledgements, if they were ready before the end.
        }

        Assert.Equal(2, stored);
    }

    [Fact]
    public async Task A_subscription_between_two_messages_gets_the_second_one_only()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 4);

        await client.SendAsync([.. Publish("a", 1, qos: 0), .. Subscribe, .. Publish("a", 2, qos: 0)]);
        var answers = new[] { await client.ReadAsync(), await client.ReadAsync() };

        Assert.Equal([[0x30, 4, 0, 1, (byte)'a', (byte)'2'], [0x90, 3, 0, 9, 0]], answers.OrderBy(answer => answer![0]));
    }

    [Fact]
    public async Task Beyond_the_bytes_that_may_wait_only_who_has_none_there_is_read()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxUnstoredBytes = 1 });
        var (taken, stored) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        using var intake = broker.IntakeOfMany(["a"], messages =>
        {
            taken.Enqueue(messages[0].Text());
            return stored.Task;
        });
        using var one = await ConnectAsync(broker, 4, "one");
        using var two = await ConnectAsync(broker, 4, "two");

        await one.SendAsync(Publish("a", 1));
        await Eventually.TrueAsync(() => broker.Counts.Received == 1, "the first has come");
        await one.SendAsync(Publish("a", 2));
        await two.SendAsync(Publish("a", 3));
        await Eventually.TrueAsync(() => broker.Counts.Received == 2, "the other client's has come");
        var before = string.Concat(taken);
        stored.SetResult();
        var answers = new[] { await one.ReadAsync(), await one.ReadAsync(), await two.ReadAsync() };

        Assert.Equal(("13", "132"), (before, string.Concat(taken)));
        Assert.Equal([[0x40, 2, 0, 1], [0x40, 2, 0, 2], [0x40, 2, 0, 3]], answers);
    }

    private static byte[] Publish(string topic, byte number, int qos = 1)
    {
        byte[] id = qos > 0 ? [0, number] : [];
        return Packet((byte)(0x30 | (qos << 1)), [.. Text(topic), .. id, (byte)('0' + number)]);
    }
}
