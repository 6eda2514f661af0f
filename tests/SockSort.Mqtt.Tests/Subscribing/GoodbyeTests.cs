using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

/// <summary>What a subscriber has acknowledged reaches the broker, also where it leaves in the middle of messages.</summary>
public class GoodbyeTests
{

    [Fact]
    public async Task An_acknowledgement_before_the_end_is_not_lost_with_messages_that_were_not_read()
    {
        var answer = new TaskCompletionSource<byte[]>();
        var left = new TaskCompletionSource();
        ScriptedConnection? served = null;
        await using var broker = ScriptedBroker.Start(async client =>
        {
            served = client;
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            await client.SendAsync(
                [.. Enumerable.Range(1, 500).Select(id => Packets.Publish("sockfound", new string('x', 4000), qos: 1, id))]);
            await left.Task;
            try
            {
                var acknowledged = new List<byte>();
                while (await client.ReadAsync() is { First: 0x40 or 0x82 } packet)
                    acknowledged.AddRange(packet.First == 0x40 ? packet.Body : []);
                answer.SetResult([.. acknowledged]);
            }
            catch (IOException error)
            {
                answer.SetException(error);
            }
        });
        var handled = new TaskCompletionSource();
        var options = new SubscriberOptions
        {
            Endpoint = broker.Endpoint,
            ClientId = "test-subscriber",
            TopicFilters = ["sockfound"],
            MaxUnacknowledged = 1,
        };
        var subscriber = MqttSubscriber.Start(options, (_, _) =>
        {
            _ = handled.TrySetResult();
            return Task.CompletedTask;
        });
        await handled.Task.WaitAsync(TimeSpan.FromMinutes(2));

        var leaving = subscriber.DisposeAsync().AsTask();
        await Eventually.TrueAsync(() => leaving.IsCompleted || served!.IsClosedByClient, "the subscriber has left, or closed its side");
        left.SetResult();
        await leaving;

        Assert.Equal([0, 1], (await answer.Task.WaitAsync(TimeSpan.FromMinutes(2)))[..2]);
    }
}
