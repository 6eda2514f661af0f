using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker;

public class EmbeddedBrokerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_message_reaches_a_subscriber()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var received = new TaskCompletionSource<string>();
        using var subscriber = await TestClient.ConnectAsync(broker.Endpoint);
        subscriber.ApplicationMessageReceivedAsync += args =>
        {
            received.SetResult($"{args.ApplicationMessage.Topic} {args.ApplicationMessage.ConvertPayloadToString()}");
            return Task.CompletedTask;
        };
        _ = await subscriber.SubscribeAsync("sockfound");
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        _ = await publisher.PublishAsync("sockfound", "hello");

        Assert.Equal("sockfound hello", await received.Task.WaitAsync(Limit));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("socksort", "wrong")]
    [InlineData("other", "right")]
    public async Task A_client_without_the_right_user_and_password_is_refused(string? user, string? password)
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Password = "right" });
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Endpoint.Port);

        var result = await client.ConnectAsync((user is null ? options : options.WithCredentials(user, password)).Build());

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, result.ResultCode);
        Assert.Equal(1, broker.Counts.RefusedConnections);
    }

    [Fact]
    public async Task Each_start_makes_another_password()
    {
        await using var first = await EmbeddedBroker.StartAsync();
        await using var second = await EmbeddedBroker.StartAsync();

        Assert.NotEqual(first.Endpoint.Password, second.Endpoint.Password);
        Assert.NotEqual(first.Endpoint.Port, second.Endpoint.Port);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_client_without_an_identifier_is_assigned_one(MqttProtocolVersion version)
    {
        await using var broker = await EmbeddedBroker.StartAsync();

        using var first = await TestClient.ConnectAsync(broker.Endpoint, clientId: "", version);
        using var second = await TestClient.ConnectAsync(broker.Endpoint, clientId: "", version);

        Assert.True(first.IsConnected);
        Assert.True(second.IsConnected);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using var broker = await EmbeddedBroker.StartAsync();

        var error = await Assert.ThrowsAsync<MqttException>(
            () => EmbeddedBroker.StartAsync(new BrokerOptions { Port = broker.Endpoint.Port }));

        Assert.Equal(MqttErrorKind.PortTaken, error.Kind);
        Assert.StartsWith($"port {broker.Endpoint.Port} can't be listened on (", error.Message);
    }

    [Fact]
    public async Task The_acknowledgement_waits_for_the_store()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var stored = new TaskCompletionSource();
        var arrived = new TaskCompletionSource<MqttMessage>();
        using var intake = broker.Intake("sockfound", message =>
        {
            arrived.SetResult(message);
            return stored.Task;
        });
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        var acknowledged = publisher.PublishAsync("sockfound", "hello");
        var message = await arrived.Task.WaitAsync(Limit);
        Assert.False(acknowledged.IsCompleted);
        stored.SetResult();
        var result = await acknowledged.WaitAsync(Limit);

        Assert.Equal(MqttClientPublishReasonCode.Success, result.ReasonCode);
        Assert.Equal(("sockfound", "hello", 1), (message.Topic, message.Text(), message.Qos));
        Assert.Equal((1, 1, 0), (broker.Counts.Received, broker.Counts.Stored, broker.Counts.StoreFailed));
    }

    [Fact]
    public async Task Messages_are_taken_in_order_while_earlier_ones_are_being_stored()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var stored = new TaskCompletionSource();
        var taken = new ConcurrentQueue<string>();
        using var intake = broker.Intake("sockfound", message =>
        {
            taken.Enqueue(message.Text());
            return stored.Task;
        });
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        var acknowledged = Task.WhenAll(Enumerable.Range(0, 100).Select(i => publisher.PublishAsync("sockfound", $"{i}")));
        await Eventually.TrueAsync(() => taken.Count == 100, "all messages have arrived before any is stored");
        Assert.False(acknowledged.IsCompleted);
        stored.SetResult();
        _ = await acknowledged.WaitAsync(Limit);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_failed_store_closes_the_connection_without_an_acknowledgement(int qos)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var intake = broker.Intake("sockfound", _ => Task.FromException(new IOException("the disk is full")));
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        var closed = new TaskCompletionSource();
        publisher.DisconnectedAsync += _ =>
        {
            closed.SetResult();
            return Task.CompletedTask;
        };

        _ = await Assert.ThrowsAnyAsync<Exception>(() => publisher.PublishAsync("sockfound", "hello", qos).WaitAsync(Limit));
        await closed.Task.WaitAsync(Limit);

        Assert.Equal((1, "the disk is full"), (broker.Counts.StoreFailed, broker.Counts.LastStoreError));
    }

    [Fact]
    public async Task A_connection_with_too_many_unstored_messages_is_not_read()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxUnstoredMessages = 5 });
        var stored = new TaskCompletionSource();
        using var intake = broker.Intake("sockfound", _ => stored.Task);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint, version: MqttProtocolVersion.V311);

        var acknowledged = Task.WhenAll(Enumerable.Range(0, 50).Select(i => publisher.PublishAsync("sockfound", $"{i}")));
        await Eventually.TrueAsync(() => broker.Counts.Received == 5, "five have arrived");
        stored.SetResult();
        _ = await acknowledged.WaitAsync(Limit);

        Assert.Equal(50, broker.Counts.Stored);
    }

    [Fact]
    public async Task A_topic_without_intake_is_acknowledged_at_once()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var intake = broker.Intake("sockfound/+", _ => new TaskCompletionSource().Task);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        var result = await publisher.PublishAsync("sockfound", "hello").WaitAsync(Limit);

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task A_last_will_is_stored_too()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var arrived = new TaskCompletionSource<MqttMessage>();
        using var intake = broker.Intake("socksort/#", message =>
        {
            arrived.SetResult(message);
            return Task.CompletedTask;
        });
        using (var client = new MqttClientFactory().CreateMqttClient())
            _ = await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Endpoint.Port)
                .WithCredentials(broker.Endpoint.User, broker.Endpoint.Password)
                .WithWillTopic("socksort/one/status")
                .WithWillPayload("offline")
                .Build());

        var will = await arrived.Task.WaitAsync(Limit);

        Assert.Equal(("socksort/one/status", "offline", 0), (will.Topic, will.Text(), will.Id));
    }

    [Fact]
    public async Task A_retained_message_greets_later_subscribers()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);
        _ = await publisher.PublishAsync("socksort/one/status", "online", retain: true);
        var received = new TaskCompletionSource<string>();
        using var subscriber = await TestClient.ConnectAsync(broker.Endpoint);
        subscriber.ApplicationMessageReceivedAsync += args =>
        {
            received.SetResult(args.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };

        _ = await subscriber.SubscribeAsync("socksort/+/status");

        Assert.Equal("online", await received.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_packet_over_the_limit_ends_the_connection_before_its_body_is_read()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxPacketBytes = 1000 });
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, broker.Endpoint.Port);

        // A CONNECT packet that announces 268 435 455 bytes, the most that MQTT knows.
        await socket.GetStream().WriteAsync(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F });
        var read = await socket.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Limit);

        Assert.Equal(0, read);
        Assert.Equal(1, broker.Counts.OversizedPackets);
    }

    [Fact]
    public async Task What_a_slow_subscriber_misses_is_counted()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MaxQueuedMessages = 10 });
        using (var away = await TestClient.ConnectAsync(broker.Endpoint, "away", MqttProtocolVersion.V311, clean: false))
        {
            _ = await away.SubscribeAsync("sockfound", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce);
            await away.DisconnectAsync();
        }
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        for (var i = 0; i < 25; i++)
            _ = await publisher.PublishAsync("sockfound", $"{i}");

        Assert.Equal(15, broker.Counts.QueueDropped);
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("")]
    public async Task A_malformed_filter_is_refused(string filter)
    {
        await using var broker = await EmbeddedBroker.StartAsync();

        var error = Assert.Throws<MqttException>(() => broker.Intake(filter, _ => Task.CompletedTask));

        Assert.Equal(
            $"topic filter '{filter}' is not allowed: '#' may only be its last level, and '+' must be a whole level", error.Message);
    }

    [Fact]
    public async Task A_topic_that_must_be_stored_is_not_acknowledged_while_nobody_stores_it()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { MustBeStored = "sockfound" });
        using var early = await TestClient.ConnectAsync(broker.Endpoint);

        _ = await Assert.ThrowsAnyAsync<Exception>(() => early.PublishAsync("sockfound", "1"));
        using var intake = broker.Intake("sockfound", _ => Task.CompletedTask);
        using var later = await TestClient.ConnectAsync(broker.Endpoint);
        var acknowledged = await later.PublishAsync("sockfound", "1");

        Assert.True(acknowledged.IsSuccess);
        Assert.Equal(1, broker.Counts.Stored);
    }
}
