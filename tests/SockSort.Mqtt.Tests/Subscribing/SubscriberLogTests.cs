using Microsoft.Extensions.Logging;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Subscribing;

public sealed class SubscriberLogTests
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_broker_that_is_away_is_logged_once_and_again_when_it_comes()
    {
        var options = new BrokerOptions { Port = FreePort.Next(), Password = "s3cret" };
        var endpoint = MqttEndpoint.Parse($"mqtt://socksort:s3cret@127.0.0.1:{options.Port}");
        await using var subscriber = MqttSubscriber.Start(Options(endpoint), (_, _) => Task.CompletedTask);
        var tries = 0;
        subscriber.StatusChanged += _ => Interlocked.Increment(ref tries);
        await Eventually.TrueAsync(() => tries >= 3, "it has tried several times");

        await using var broker = await EmbeddedBroker.StartAsync(options, TestContext.Current.CancellationToken);
        _ = await _log.WaitForAsync(1021);

        Assert.Equal([1022, 1021], _log.Ids);
        Assert.Equal((LogLevel.Warning, LogLevel.Information), (_log.Events[0].Level, _log.Events[1].Level));
        Assert.Equal($"subscriber socks: connected to mqtt://127.0.0.1:{options.Port}", _log.Events[1].Message);
        Assert.DoesNotContain("s3cret", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_an_error_and_stands_nowhere()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Password = "right" });
        var endpoint = MqttEndpoint.Parse($"{broker.Endpoint}", "socksort", "s3cret");
        await using var subscriber = MqttSubscriber.Start(Options(endpoint), (_, _) => Task.CompletedTask);

        var refused = await _log.WaitForAsync(1023);

        Assert.Equal((LogLevel.Error, ConnectionState.WrongCredentials), (refused.Level, refused.Fields["State"]));
        Assert.DoesNotContain("s3cret", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_is_logged_once_and_again_when_it_works()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var failures = 3;
        await using var subscriber = MqttSubscriber.Start(Options(broker.Endpoint), (_, _) => Interlocked.Decrement(ref failures) >= 0
            ? Task.FromException(new IOException("the disk is full"))
            : Task.CompletedTask);
        _ = await _log.WaitForAsync(1021);
        using var publisher = await TestClient.ConnectAsync(broker.Endpoint);

        _ = await publisher.PublishAsync("sockfound", "p4yload");
        _ = await _log.WaitForAsync(1025);

        var failed = _log.Single(1024);
        Assert.Equal((LogLevel.Warning, "the disk is full"), (failed.Level, failed.Fields["Problem"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    private SubscriberOptions Options(MqttEndpoint endpoint) =>
        new() { Endpoint = endpoint, ClientId = "socks", TopicFilters = ["sockfound"], Loggers = _log };
}
