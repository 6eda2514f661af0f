using Microsoft.Extensions.Logging;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Publishing;

public sealed class PublisherLogTests
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_broker_that_is_away_is_logged_once_and_again_when_it_comes()
    {
        var options = new BrokerOptions { Port = FreePort.Next(), Password = "s3cret" };
        var endpoint = MqttEndpoint.Parse($"mqtt://socksort:s3cret@127.0.0.1:{options.Port}");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint, Loggers = _log });
        var tries = 0;
        publisher.StatusChanged += _ => Interlocked.Increment(ref tries);
        _ = publisher.Publish("sockfound", "p4yload");
        await Eventually.TrueAsync(() => tries >= 3, "it has tried several times");

        await using var broker = await EmbeddedBroker.StartAsync(options, TestContext.Current.CancellationToken);
        var connected = await _log.WaitForAsync(1001);

        Assert.Equal([1002, 1001], _log.Ids);
        Assert.Equal((LogLevel.Warning, $"mqtt://127.0.0.1:{options.Port}"), (_log.Events[0].Level, _log.Events[0].Fields["Broker"]));
        Assert.Contains("no MQTT broker answers", (string)_log.Events[0].Fields["Problem"]!, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Information, connected.Level);
        Assert.Equal($"publisher: connected to mqtt://127.0.0.1:{options.Port} (MQTT 5)", connected.Message);
    }

    [Fact]
    public async Task A_wrong_password_is_an_error_and_stands_nowhere()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Password = "right" });
        var endpoint = MqttEndpoint.Parse($"{broker.Endpoint}", "socksort", "s3cret");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint, Loggers = _log });

        _ = publisher.Publish("sockfound", "p4yload");
        var refused = await _log.WaitForAsync(1003);

        Assert.Equal((LogLevel.Error, ConnectionState.WrongCredentials), (refused.Level, refused.Fields["State"]));
        Assert.DoesNotContain("s3cret", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_a_full_queue_loses_are_logged_with_their_count_not_each()
    {
        var endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{FreePort.Next()}");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint, MaxWaiting = 2, Loggers = _log });

        for (var i = 0; i < 10; i++)
            _ = publisher.Publish("sockfound", "p4yload");

        var lost = _log.Single(1005);
        Assert.Equal((LogLevel.Warning, 1L, 2), (lost.Level, lost.Fields["Count"], lost.Fields["Most"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_wait_at_the_end_are_logged_with_their_count()
    {
        var endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{FreePort.Next()}");
        await using (var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint, Loggers = _log }))
        {
            _ = publisher.Publish("sockfound", "p4yload");
            _ = publisher.Publish("sockfound", "p4yload");
        }

        var left = _log.Single(1007);
        Assert.Equal((LogLevel.Warning, 2), (left.Level, left.Fields["Count"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_the_broker_refuses_is_logged_once_and_its_messages_by_their_count()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint, Loggers = _log });

        for (var i = 0; i < 3; i++)
            _ = publisher.Publish("$SYS/socks", "p4yload");
        _ = await publisher.FlushAsync(TimeSpan.FromMinutes(2));
        _ = await _log.WaitForAsync(1006);

        var (topic, messages) = (_log.Single(1004), _log.Single(1006));
        Assert.Equal((LogLevel.Error, "$SYS/socks"), (topic.Level, topic.Fields["Topic"]));
        Assert.Equal(LogLevel.Warning, messages.Level);
        Assert.InRange((long)messages.Fields["Count"]!, 1, 3);
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }
}
