using System.Collections.Concurrent;
using System.Diagnostics;
using MQTTnet;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

public class MqttSubscriberTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Brokers => ["embedded", "mosquitto"];

    public static TheoryData<string, int> BrokersAndQos => new MatrixTheoryData<string, int>(["embedded", "mosquitto"], [0, 1]);

    [Theory, MemberData(nameof(Brokers))]
    public async Task Messages_are_handled_in_their_order(string kind)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        var handled = new ConcurrentQueue<string>();
        await using var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) => Keep(handled, batch));
        await Connected(subscriber, broker.Endpoint);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        for (var i = 0; i < 500; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        await Eventually.TrueAsync(() => handled.Count >= 501, "all messages are handled");

        Assert.Equal(["hello", .. Enumerable.Range(0, 500).Select(i => $"{i}")], handled);
        Assert.Equal((501, 0, 0), (subscriber.Status.Handled, subscriber.Status.Redelivered, subscriber.Status.Dropped));
    }

    [Theory, MemberData(nameof(Brokers))]
    public async Task What_came_while_the_subscriber_was_away_is_handled_when_it_is_back(string kind)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        var handled = new ConcurrentQueue<string>();
        var first = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) => Keep(handled, batch));
        await Connected(first, broker.Endpoint);
        await first.DisposeAsync();
        using (var publisher = await TestClient.ConnectAsync(broker.Endpoint))
            _ = await publisher.PublishAsync("sockfound", "meanwhile");

        await using var second = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) => Keep(handled, batch));
        await Eventually.TrueAsync(() => handled.Contains("meanwhile"), "the message is handled");

        Assert.Equal(["hello", "meanwhile"], handled);
    }

    [Theory, MemberData(nameof(BrokersAndQos))]
    public async Task A_batch_whose_handler_failed_is_handed_to_it_again(string kind, int qos)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        var handled = new ConcurrentQueue<string>();
        var failures = 2;
        await using var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) =>
            batch[0].Text() != "hello" && Interlocked.Decrement(ref failures) >= 0
                ? Task.FromException(new IOException("the disk is full"))
                : Keep(handled, batch));
        await Connected(subscriber, broker.Endpoint);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        _ = await publisher.PublishAsync("sockfound", "again", qos);
        await Eventually.TrueAsync(() => subscriber.Status.HandlerFailures == 1, "the handler has failed");
        var error = subscriber.Status.HandlerError;
        await Eventually.TrueAsync(() => handled.Contains("again"), "the message is handled");

        Assert.Equal(["hello", "again"], handled);
        Assert.Equal((2, 0, 0), (subscriber.Status.HandlerFailures, subscriber.Status.Reconnects, subscriber.Status.Redelivered));
        Assert.Equal(("the disk is full", null, "the disk is full"), (error, subscriber.Status.HandlerError, subscriber.Status.LastError));
    }

    [Theory, MemberData(nameof(Brokers))]
    public async Task A_stop_lets_the_batch_at_hand_be_acknowledged(string kind)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        var handled = new ConcurrentQueue<string>();
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var first = MqttSubscriber.Start(Options(broker.Endpoint), async (batch, _) =>
        {
            begun.SetResult();
            await go.Task;
            await Keep(handled, batch);
        });
        await GreetAsync(broker.Endpoint);
        await begun.Task.WaitAsync(Limit);

        var stopping = first.DisposeAsync().AsTask();
        go.SetResult();
        await stopping.WaitAsync(Limit);
        await using var second = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) => Keep(handled, batch));
        await GreetAsync(broker.Endpoint);
        await Eventually.TrueAsync(() => handled.Count == 2, "the second message is handled");

        Assert.Equal(0, second.Status.Redelivered);
        Assert.Equal(["hello", "hello"], handled);
    }

    [Fact]
    public async Task A_restarted_broker_finds_the_subscriber_again()
    {
        using var folder = new TempFolder();
        var first = await Mosquitto.StartAsync(folder);
        var endpoint = MqttEndpoint.Parse(first.Uri, Mosquitto.User, Mosquitto.Password);
        var handled = new ConcurrentQueue<string>();
        await using var subscriber = MqttSubscriber.Start(Options(endpoint), (batch, _) => Keep(handled, batch));
        await Connected(subscriber, endpoint);
        await first.DisposeAsync();

        await using var second = await Mosquitto.StartAsync(folder, first.Port);
        await Eventually.TrueAsync(
            () => subscriber.Status is { State: ConnectionState.Connected, Reconnects: > 0 }, "the subscriber is connected again");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint });
        _ = publisher.Publish("sockfound", "after");
        await Eventually.TrueAsync(() => handled.Contains("after"), "the message is handled");

        Assert.Equal(["hello", "after"], handled);
    }

    [Theory, MemberData(nameof(Brokers))]
    public async Task Wrong_credentials_are_a_state_that_says_so(string kind)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        var endpoint = broker.Endpoint with { Password = "wrong" };

        await using var subscriber = MqttSubscriber.Start(Options(endpoint), (_, _) => Task.CompletedTask);
        await Eventually.TrueAsync(
            () => subscriber.Status.State == ConnectionState.WrongCredentials, "the subscriber says that its credentials are wrong");

        Assert.Equal($"{endpoint} refuses user '{endpoint.User}': wrong user or password", subscriber.Status.LastError);
    }

    [Theory, MemberData(nameof(Brokers))]
    public async Task An_ended_session_keeps_nothing(string kind)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        var handled = new ConcurrentQueue<string>();
        var first = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) => Keep(handled, batch));
        await Connected(first, broker.Endpoint);
        await first.DisposeAsync();
        await MqttSubscriber.EndSessionAsync(broker.Endpoint, "test-subscriber");
        using (var publisher = await TestClient.ConnectAsync(broker.Endpoint))
            _ = await publisher.PublishAsync("sockfound", "meanwhile");

        await using var second = MqttSubscriber.Start(Options(broker.Endpoint), (batch, _) => Keep(handled, batch));
        await Connected(second, broker.Endpoint);

        Assert.Equal(["hello", "hello"], handled);
    }

    [Theory, MemberData(nameof(Brokers))]
    public async Task Mosquittos_own_client_sees_the_same_messages(string kind)
    {
        await using var broker = await AnyBroker.StartAsync(kind);
        using var listener = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto_sub"),
            [
                "-h", "127.0.0.1", "-p", $"{broker.Endpoint.Port}", "-u", broker.Endpoint.User!, "-P", broker.Endpoint.Password!, "-q", "1",
                "-t", "sockfound", "-C", "4",
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await GreetAsync(broker.Endpoint);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        for (var i = 0; i < 3; i++)
            _ = publisher.Publish("sockfound", $$"""{"image": "Google", "probability": {{i}}}""");
        var seen = await listener.StandardOutput.ReadToEndAsync().WaitAsync(Limit);

        Assert.Equal(
            ["hello", .. Enumerable.Range(0, 3).Select(i => $$"""{"image": "Google", "probability": {{i}}}""")],
            seen.TrimEnd().Split('\n'));
    }

    private static SubscriberOptions Options(MqttEndpoint endpoint) =>
        new() { Endpoint = endpoint, ClientId = "test-subscriber", TopicFilters = ["sockfound"] };

    /// <summary>A message has come through, so the subscription stands.</summary>
    private static async Task Connected(MqttSubscriber subscriber, MqttEndpoint endpoint)
    {
        await Eventually.TrueAsync(() => subscriber.Status.State == ConnectionState.Connected, "the subscriber is connected");
        await GreetAsync(endpoint);
        await Eventually.TrueAsync(() => subscriber.Status.Handled > 0, "the first message is handled");
    }

    /// <summary>Publishes until the broker says that somebody is subscribed, so one message comes through.</summary>
    private static async Task GreetAsync(MqttEndpoint endpoint)
    {
        using var publisher = await TestClient.ConnectAsync(endpoint);
        for (var heard = false; !heard;)
            heard = (await publisher.PublishAsync("sockfound", "hello")).ReasonCode == MqttClientPublishReasonCode.Success;
    }

    private static Task Keep(ConcurrentQueue<string> handled, IReadOnlyList<MqttMessage> batch)
    {
        foreach (var message in batch)
            handled.Enqueue(message.Text());
        return Task.CompletedTask;
    }
}
