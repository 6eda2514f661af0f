using System.Collections.Concurrent;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Publishing;

public class MqttPublisherTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task All_messages_arrive_once_and_in_their_order()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var received = new ConcurrentQueue<string>();
        using var intake = broker.Intake("sockfound", message => Keep(received, message));
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        for (var i = 0; i < 2000; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"{i}"), received);
        Assert.Equal((2000, 2000, 0, 0), Counts(publisher));
    }

    [Fact]
    public async Task What_was_published_before_the_broker_came_is_sent_when_it_comes()
    {
        var port = FreePort.Next();
        var options = new BrokerOptions { Port = port, Password = "p" };
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = MqttEndpoint.Parse($"mqtt://socksort:p@127.0.0.1:{port}") });
        _ = publisher.Publish("sockfound", "early");
        await Eventually.TrueAsync(() => publisher.Status.State == ConnectionState.Disconnected, "the first attempt has failed");
        var received = new ConcurrentQueue<string>();

        await using var broker = await EmbeddedBroker.StartAsync(options);
        using var intake = broker.Intake("sockfound", message => Keep(received, message));
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(["early"], received);
        Assert.StartsWith($"no MQTT broker answers at mqtt://127.0.0.1:{port}: ", publisher.Status.LastError);
    }

    [Fact]
    public async Task A_message_whose_store_failed_is_sent_again()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var received = new ConcurrentQueue<string>();
        var failures = 2;
        using var intake = broker.Intake("sockfound", message =>
            Interlocked.Decrement(ref failures) >= 0 ? Task.FromException(new IOException("the disk is full")) : Keep(received, message));
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        _ = publisher.Publish("sockfound", "again");
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(["again"], received);
        Assert.Equal((1, 1, 0, 2), Counts(publisher));
    }

    [Fact]
    public async Task Everything_survives_a_broker_that_is_started_again()
    {
        var options = new BrokerOptions { Port = FreePort.Next(), Password = "p" };
        var received = new ConcurrentQueue<string>();
        var first = await EmbeddedBroker.StartAsync(options);
        _ = first.Intake("sockfound", message => Keep(received, message));
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = first.Endpoint });
        for (var i = 0; i < 500; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        await first.DisposeAsync();
        for (var i = 500; i < 1000; i++)
            _ = publisher.Publish("sockfound", $"{i}");

        await using var second = await EmbeddedBroker.StartAsync(options);
        using var intake = second.Intake("sockfound", message => Keep(received, message));
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), received.Distinct());
        Assert.Equal((1000, 1000, 0), (publisher.Status.Enqueued, publisher.Status.Acknowledged, publisher.Status.Dropped));
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest_and_counts()
    {
        var options = new BrokerOptions { Port = FreePort.Next(), Password = "p" };
        await using var publisher = MqttPublisher.Start(new PublisherOptions
        {
            Endpoint = MqttEndpoint.Parse($"mqtt://socksort:p@127.0.0.1:{options.Port}"),
            MaxWaiting = 2,
        });
        for (var i = 0; i < 5; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        var received = new ConcurrentQueue<string>();

        await using var broker = await EmbeddedBroker.StartAsync(options);
        using var intake = broker.Intake("sockfound", message => Keep(received, message));
        _ = await publisher.FlushAsync(Limit);

        Assert.Equal(["3", "4"], received);
        Assert.Equal((5, 2, 3, 0), Counts(publisher));
    }

    [Fact]
    public async Task Wrong_credentials_are_a_state_that_says_so()
    {
        await using var broker = await EmbeddedBroker.StartAsync();

        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint with { Password = "wrong" } });
        await Eventually.TrueAsync(
            () => publisher.Status.State == ConnectionState.WrongCredentials, "the publisher says that its credentials are wrong");

        Assert.Equal($"{broker.Endpoint} refuses user 'socksort': wrong user or password", publisher.Status.LastError);
    }

    [Fact]
    public async Task The_status_topic_says_online_its_words_and_that_it_was_stopped()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var received = new ConcurrentQueue<string>();
        using var intake = broker.Intake("socksort/+/status", message => Keep(received, message));

        var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint, StatusTopic = "socksort/one/status" });
        await Eventually.TrueAsync(() => received.Count == 1, "online is published");
        publisher.SayStatus("away");
        await Eventually.TrueAsync(() => received.Count == 2, "away is published");
        await publisher.DisposeAsync();

        Assert.Equal(["online", "away", "stopped"], received);
        Assert.Equal(ConnectionState.Stopped, publisher.Status.State);
    }

    [Theory]
    [InlineData(MqttVersion.V5)]
    [InlineData(MqttVersion.V311)]
    public async Task Two_publishers_of_one_client_id_do_not_throw_each_other_out_for_ever(MqttVersion version)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var received = new ConcurrentQueue<string>();
        using var intake = broker.Intake("sockfound", message => Keep(received, message));
        var options = new PublisherOptions { Endpoint = broker.Endpoint with { Version = version }, ClientId = "one" };
        await using var first = MqttPublisher.Start(options);
        await Eventually.TrueAsync(() => first.Status.State == ConnectionState.Connected, "the first is connected");

        await using var second = MqttPublisher.Start(options);
        await Eventually.TrueAsync(() => first.Status.Reconnects + second.Status.Reconnects > 0, "one has thrown the other out");
        await Eventually.TrueAsync(
            () =>
            {
                _ = first.Publish("sockfound", "first");
                _ = second.Publish("sockfound", "second");
                return broker.Counts.Connections == 2 && received.Count > 100;
            },
            "both are there");

        Assert.InRange(first.Status.Reconnects + second.Status.Reconnects, 1, 6);
    }

    [Fact]
    public async Task A_late_subscriber_gets_the_latest_of_what_was_said_and_nothing_that_it_overtook_is_queued()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = broker.Endpoint, LatestTopic = "socksort/one/label" });
        publisher.SayLatest("first"u8.ToArray());
        publisher.SayLatest("second"u8.ToArray());
        await Eventually.TrueAsync(() => broker.Counts.Retained == 1, "it is retained");
        var received = new ConcurrentQueue<string>();

        await using var late = MqttSubscriber.Start(
            new SubscriberOptions
            {
                Endpoint = broker.Endpoint,
                ClientId = "late",
                TopicFilters = ["socksort/+/label"],
                KeepSession = false,
            },
            (messages, _) => Task.WhenAll(messages.Select(message => Keep(received, message))));
        await Eventually.TrueAsync(() => !received.IsEmpty, "it has come");

        Assert.Equal(["second"], received);
        Assert.Equal(0, publisher.Status.Enqueued);
    }

    [Fact]
    public async Task A_message_larger_than_the_broker_takes_is_rejected_and_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxPacketBytes = 1000 });
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        _ = publisher.Publish("sockfound", new string('x', 2000));
        _ = publisher.Publish("sockfound", "small");
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal((1, 1), (publisher.Status.Acknowledged, publisher.Status.Rejected));
    }

    [Fact]
    public async Task The_largest_packet_that_the_broker_takes_arrives_and_one_of_a_byte_more_is_not_sent()
    {
        const int HeaderBytes =
            1 + 2 + 2 + 9 + 2 + 1; // type, remaining length, length and letters of 'sockfound', identifier, no properties
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxPacketBytes = 1000 });
        var received = new ConcurrentQueue<string>();
        using var intake = broker.Intake("sockfound", message => Keep(received, message));
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        for (var payload = 1000 - HeaderBytes; payload <= 1000; payload++)
            _ = publisher.Publish("sockfound", new string('x', payload));
        var flushed = await publisher.FlushAsync(Limit);

        Assert.True(flushed);
        Assert.Equal([1000 - HeaderBytes], received.Select(text => text.Length));
        Assert.Equal((1, HeaderBytes, 0), (publisher.Status.Acknowledged, publisher.Status.Rejected, publisher.Status.Resent));
        Assert.Equal(
            "a message to 'sockfound' was not sent: its packet has 1017 bytes, and the broker takes 1000 at most",
            publisher.Status.LastError);
    }

    [Fact]
    public async Task A_topic_with_a_wildcard_is_refused()
    {
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = MqttEndpoint.Parse("mqtt://127.0.0.1:1") });

        var error = Assert.Throws<MqttException>(() => publisher.Publish("sock/#", "x"));

        Assert.StartsWith("topic 'sock/#' can't be published to: ", error.Message);
    }

    private static (long, long, long, long) Counts(MqttPublisher publisher) =>
        (publisher.Status.Enqueued, publisher.Status.Acknowledged, publisher.Status.Dropped, publisher.Status.Resent);

    private static Task Keep(ConcurrentQueue<string> received, MqttMessage message)
    {
        received.Enqueue(message.Text());
        return Task.CompletedTask;
    }
}
