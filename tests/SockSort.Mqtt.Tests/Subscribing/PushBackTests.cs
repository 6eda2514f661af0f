using System.Collections.Concurrent;
using System.Diagnostics;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

/// <summary>What happens to messages that come faster than they are handled.</summary>
public class PushBackTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _handled = new();

    [Theory]
    [InlineData("max_queued_messages 0", 0)]
    [InlineData("max_queued_messages 1000", int.MaxValue)]
    public async Task Of_many_messages_of_QoS_0_at_once_each_is_handled_or_counted_by_the_broker(string queue, long mostDropped)
    {
        const int sent = 50_000; // of 200 bytes: more than the sockets between hold
        using var folder = new TempFolder();
        await using var broker = await Mosquitto.StartAsync(folder, settings: $"sys_interval 1\n{queue}");
        var endpoint = MqttEndpoint.Parse(broker.Uri, Mosquitto.User, Mosquitto.Password);
        var allSent = new TaskCompletionSource();
        await using var subscriber = MqttSubscriber.Start(Options(endpoint) with { Qos = 0 }, (_, _) => allSent.Task);
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, BrokerDropped: not null }, "the subscriber is connected");

        await PublishLinesAsync(folder, endpoint, sent);
        allSent.SetResult();
        // The broker also counts, once a second, that it could not send us this very count.
        await Eventually.TrueAsync(
            () => subscriber.Status is var status && status.Handled + status.BrokerDropped >= sent, "none is missing");

        var status = subscriber.Status;
        Assert.Equal((0, status.Received), (status.Dropped, status.Handled));
        Assert.InRange(status.BrokerDropped!.Value, 0, mostDropped);
        Assert.InRange(status.Handled + status.BrokerDropped.Value, sent, sent + 60);
    }

    [Fact]
    public async Task A_handler_that_takes_longer_than_the_keep_alive_loses_neither_connection_nor_messages()
    {
        const int sent = 3000;
        var pings = 0;
        var slow = new TaskCompletionSource();
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            await client.SendAsync([.. Enumerable.Range(0, sent).Select(i => Packets.Publish("sockfound", $"{i}"))]);
            await client.ServeAsync(first =>
            {
                if (first == Packets.PingRequest && Interlocked.Increment(ref pings) == 4)
                    slow.SetResult();
            });
        });

        var options = Options(broker.Endpoint) with { KeepAlive = TimeSpan.FromSeconds(1) };
        await using var subscriber = MqttSubscriber.Start(options, async (batch, _) =>
        {
            await slow.Task;
            await Keep(batch);
        });
        await Eventually.TrueAsync(() => _handled.Count >= sent, "all are handled");

        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"{i}"), _handled);
        Assert.Equal((1, 0, null), (broker.Connections, subscriber.Status.Reconnects, subscriber.Status.LastError));
    }

    [Fact]
    public async Task Messages_before_the_answer_to_the_subscription_do_not_hold_it_up()
    {
        await using var broker = ScriptedBroker.Start(async client =>
        {
            await client.AcceptAsync();
            await client.SendAsync([.. Enumerable.Range(0, 3000).Select(i => Packets.Publish("sockfound", $"{i}"))]);
            await client.ServeAsync();
        });

        var options = Options(broker.Endpoint) with { MaxUnacknowledged = 10 };
        await using var subscriber = MqttSubscriber.Start(options, (batch, _) => Keep(batch));
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, Handled: 3000 }, "the subscription stands");

        Assert.Equal(0, subscriber.Status.Reconnects);
    }

    [Fact]
    public async Task What_was_taken_before_the_connection_ended_is_handled()
    {
        const int sent = 700;
        var gone = new TaskCompletionSource();
        await using var broker = ScriptedBroker.Start(async (client, number) =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            if (number > 1)
                await client.ServeAsync();
            await client.SendAsync([.. Enumerable.Range(0, sent).Select(i => Packets.Publish("sockfound", $"{i}"))]);
            await gone.Task;
        });
        await using var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), async (batch, _) =>
        {
            await gone.Task;
            await Keep(batch);
        });

        await Eventually.TrueAsync(() => subscriber.Status.Received == sent, "all are taken");
        gone.SetResult();
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, Reconnects: 1, Handled: sent }, "all are handled");

        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"{i}"), _handled);
        Assert.Equal(0, subscriber.Status.Dropped);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_not_acknowledged_is_handled_once_whether_or_not_the_broker_kept_the_session(bool hasSession)
    {
        var taken = new TaskCompletionSource();
        await using var broker = ScriptedBroker.Start(async (client, number) =>
        {
            await client.AcceptAsync(hasSession && number > 1);
            if (number == 1 || !hasSession)
                await client.AnswerSubscriptionAsync(1);
            if (number > 1 && hasSession)
            {
                await client.SendAsync(Packets.Publish("sockfound", "b", 1, 2, duplicate: true));
                await client.SendAsync(Packets.Publish("sockfound", "c", 1, 3, duplicate: true));
            }
            if (number > 1)
                await client.ServeAsync();
            await client.SendAsync(Packets.Publish("sockfound", "a", 1, 1));
            await taken.Task;
            await client.SendAsync(Packets.Publish("sockfound", "b", 1, 2), Packets.Publish("sockfound", "c", 1, 3));
        });
        var gone = new TaskCompletionSource();

        await using var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), async (batch, abandon) =>
        {
            _ = taken.TrySetResult();
            await gone.Task;
            await Keep(batch);
        });
        await Eventually.TrueAsync(() => subscriber.Status.Received == 3, "all are taken");
        gone.SetResult();
        await Eventually.TrueAsync(
            () => _handled.Count >= 3 && subscriber.Status is { State: ConnectionState.Connected, Reconnects: 1 }, "all are handled");

        Assert.Equal(["a", "b", "c"], _handled);
        Assert.Equal(0, subscriber.Status.Dropped);
    }

    [Fact]
    public async Task What_was_taken_before_a_stop_is_handled_where_no_broker_sends_it_again()
    {
        const int sent = 700;
        var stopping = new TaskCompletionSource();
        await using var broker = Flood(sent);
        var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), async (batch, _) =>
        {
            await stopping.Task;
            await Keep(batch);
        });
        await Eventually.TrueAsync(() => subscriber.Status.Received == sent, "all are taken");

        var stopped = subscriber.DisposeAsync().AsTask();
        stopping.SetResult();
        await stopped.WaitAsync(Limit);

        Assert.Equal(Enumerable.Range(0, sent).Select(i => $"{i}"), _handled);
        Assert.Equal((sent, 0), (subscriber.Status.Handled, subscriber.Status.Dropped));
    }

    [Fact]
    public async Task What_could_not_be_handled_before_a_stop_is_counted()
    {
        const int sent = 700;
        await using var broker = Flood(sent);
        var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), (_, _) => Task.FromException(new IOException("the disk is full")));
        await Eventually.TrueAsync(
            () => subscriber.Status is { Received: sent, HandlerFailures: > 0, LastError: not null }, "all are taken");

        var status = subscriber.Status;
        await subscriber.DisposeAsync().AsTask().WaitAsync(Limit);

        Assert.Equal(ConnectionState.Connected, status.State);
        Assert.Equal(("the disk is full", "the disk is full"), (status.HandlerError, status.LastError));
        Assert.Equal((0, sent), (subscriber.Status.Handled, subscriber.Status.Dropped));
    }

    [Fact]
    public async Task A_broker_that_answers_nothing_any_more_is_left()
    {
        await using var broker = ScriptedBroker.Start(async (client, number) =>
        {
            await client.AcceptAsync();
            await client.AnswerSubscriptionAsync(1);
            if (number > 1)
                await client.ServeAsync();
            while (true)
                _ = await client.ReadAsync();
        });

        var options = Options(broker.Endpoint) with { KeepAlive = TimeSpan.FromSeconds(1) };
        await using var subscriber = MqttSubscriber.Start(options, (_, _) => Task.CompletedTask);
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, Reconnects: 1 }, "the subscriber has connected again");

        Assert.Equal($"the connection to {broker.Endpoint} was lost: the broker has not answered for 1.5 s", subscriber.Status.LastError);
    }

    [Fact]
    public async Task A_keep_alive_that_the_broker_asks_for_is_kept()
    {
        var pinged = new TaskCompletionSource();
        await using var broker = ScriptedBroker.Start(async client =>
        {
            Assert.Equal(Packets.Connect, (await client.ReadAsync()).First);
            await client.SendAsync([0x20, 6, 0, 0, 3, 0x13, 0, 1]); // Server Keep Alive: 1 s
            await client.ServeAsync(first =>
            {
                if (first == Packets.PingRequest)
                    _ = pinged.TrySetResult();
            });
        });

        var options = Options(broker.Endpoint) with { KeepAlive = TimeSpan.FromHours(1) };
        await using var subscriber = MqttSubscriber.Start(options, (_, _) => Task.CompletedTask);

        await pinged.Task.WaitAsync(Limit);
    }

    private static SubscriberOptions Options(MqttEndpoint endpoint) =>
        new() { Endpoint = endpoint, ClientId = "test-subscriber", TopicFilters = ["sockfound"] };

    private static ScriptedBroker Flood(int count) => ScriptedBroker.Start(async client =>
    {
        await client.AcceptAsync();
        await client.AnswerSubscriptionAsync(1);
        await client.SendAsync([.. Enumerable.Range(0, count).Select(i => Packets.Publish("sockfound", $"{i}"))]);
        await client.ServeAsync();
    });

    private static async Task PublishLinesAsync(TempFolder folder, MqttEndpoint endpoint, int count)
    {
        var lines = folder.Write("lines", string.Join('\n', Enumerable.Range(0, count).Select(i => $"{i}".PadRight(200))) + "\n");
        const string script = """exec "$0" -h 127.0.0.1 -p "$1" -u "$2" -P "$3" -t sockfound -q 0 -l < "$4" """;
        string[] arguments = [Programs.Find("mosquitto_pub"), $"{endpoint.Port}", endpoint.User!, endpoint.Password!, lines];
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", script, .. arguments]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private Task Keep(IReadOnlyList<MqttMessage> batch)
    {
        foreach (var message in batch)
            _handled.Enqueue(message.Text());
        return Task.CompletedTask;
    }
}
