using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class BrokerLogTests
{
    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Each_kind_is_logged_at_once_and_then_once_a_minute_while_it_goes_on()
    {
        var losses = new BrokerLog(_log.CreateLogger("broker"), _time);
        var counts = new BrokerCounts
        {
            RefusedConnections = 1,
            Refusals = new Dictionary<string, long> { ["PUBLISH with QoS 3 [MQTT-3.3.1-4]"] = 1 },
        };

        losses.Update(new BrokerCounts());
        losses.Update(counts);
        losses.Update(counts with { RefusedConnections = 5 });
        _time.Advance(TimeSpan.FromMinutes(1));
        losses.Update(counts with { RefusedConnections = 5 });

        Assert.Equal(
        [
            "broker: logins refused, without or with a wrong password: 1",
            "broker: refused PUBLISH with QoS 3 [MQTT-3.3.1-4]: 1",
            "broker: logins refused, without or with a wrong password: 5",
        ], _log.Events.Select(logged => logged.Message));
        Assert.Equal([1043, 1051, 1043], _log.Ids);
    }

    [Fact]
    public void Each_loss_has_an_event_of_its_own()
    {
        var losses = new BrokerLog(_log.CreateLogger("broker"), _time);

        losses.Update(new BrokerCounts
        {
            RefusedConnections = 1,
            TooManyConnections = 2,
            SilentConnections = 3,
            QueueDropped = 4,
            TooLargeForSubscriber = 5,
            RetainedRefused = 6,
            SessionsEnded = 7,
            StoreFailed = 8,
            LastStoreError = "the disk is full",
            SlowedMessages = 9,
            SlowedConnections = 10,
            WorstSubscribers = [new ClientDrops("lamp", 3), new ClientDrops("desk", 1)],
        });

        Assert.Equal([1043, 1044, 1045, 1046, 1057, 1058, 1047, 1048, 1049, 1050], _log.Ids);
        Assert.Equal("3 for 'lamp', 1 for 'desk'", _log.Single(1046).Fields["Most"]);
        Assert.Equal([1L, 2L, 3L, 4L, 9L, 10L, 5L, 6L, 7L, 8L], _log.Events.Select(logged => logged.Fields["Count"]));
        Assert.Equal((LogLevel.Error, "the disk is full"), (_log.Single(1050).Level, _log.Single(1050).Fields["Problem"]));
    }

    [Fact]
    public async Task A_broker_logs_where_it_listens_who_was_refused_and_its_end_and_no_password()
    {
        var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Password = "s3cret", Loggers = _log, Time = _time });
        using var client = new MqttClientFactory().CreateMqttClient();
        var wrong = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Endpoint.Port).WithCredentials("socksort", "gu3ss");
        using (var publisher = await TestClient.ConnectAsync(broker.Endpoint))
            _ = await publisher.PublishAsync("sockfound", "p4yload");

        _ = await client.ConnectAsync(wrong.Build());
        await Eventually.TrueAsync(() => broker.Counts.RefusedConnections == 1, "the login is refused");
        _time.Advance(TimeSpan.FromSeconds(1));
        await broker.DisposeAsync();

        Assert.Equal([1041, 1043, 1042], _log.Ids);
        Assert.Equal((broker.Endpoint.ToString(), 1L), (_log.Single(1041).Fields["Addresses"], _log.Single(1042).Fields["Received"]));
        Assert.All(["s3cret", "gu3ss", "p4yload"], secret => Assert.DoesNotContain(secret, _log.Text, StringComparison.Ordinal));
    }
}
