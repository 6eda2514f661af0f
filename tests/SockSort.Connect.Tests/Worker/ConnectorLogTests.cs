using System.Text;
using Microsoft.Extensions.Logging;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Log.Sqlite;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Worker;

/// <summary>What a worker logs of its connectors.</summary>
public sealed class ConnectorLogTests
{
    private const string Name = "mqtt-source";

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_connectors_life_is_logged_and_no_secret_and_no_message_is(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());
        _ = await bench.Recorded.WaitForAsync(4008);
        _ = bench.Publisher.Publish("sockfound", "p4yload");
        await Eventually.TrueAsync(() => bench.InfoOf(Name).Counts.Stored == 1, "the message is stored");

        await bench.Worker.PauseAsync(Name);
        await bench.Worker.ResumeAsync(Name);
        await Eventually.TrueAsync(() => bench.Recorded.Of(4008).Count == 2, "it runs after the pause");
        await bench.Worker.RestartAsync(Name);
        await Eventually.TrueAsync(() => bench.Recorded.Of(4008).Count == 3, "it runs after the restart");
        await bench.Worker.StopAsync(Name);
        _ = await bench.Worker.DropAsync(Name);

        Assert.Equal([4001, 4008, 4003, 4004, 4008, 4005, 4008, 4006, 4007], bench.Recorded.Ids);
        Assert.All(bench.Recorded.Events, logged => Assert.Equal((LogLevel.Information, Name), (logged.Level, logged.Fields["Connector"])));
        Assert.Equal(("source", "data_mqtt"), (bench.Recorded.Events[0].Fields["Kind"], bench.Recorded.Events[0].Fields["Topics"]));
        AssertSilentAbout(bench, "p4yload");
    }

    [Fact]
    public async Task A_wrong_password_is_logged_once_and_that_it_runs_again_with_what_was_wrong()
    {
        await using var bench = await ConnectBench.StartAsync("mosquitto", password: "wr0ng");
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());
        _ = await bench.Recorded.WaitForAsync(4009);

        bench.WriteCredentials(bench.Endpoint.Password!);
        var healed = await bench.Recorded.WaitForAsync(4010);

        var failed = bench.Recorded.Single(4009);
        Assert.Equal(LogLevel.Error, failed.Level);
        Assert.EndsWith("wrong user or password", (string)failed.Fields["Problem"]!, StringComparison.Ordinal);
        Assert.Equal((LogLevel.Information, failed.Fields["Problem"]), (healed.Level, healed.Fields["Problem"]));
        AssertSilentAbout(bench, "wr0ng");
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task Messages_that_are_skipped_are_logged_with_count_and_reason(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration(("mqtt.message.max.bytes", "2000")));
        await bench.ConnectedAsync(Name);

        _ = bench.Publisher.Publish("sockfound", "p4yload" + new string('x', 2000));
        var skipped = await bench.Recorded.WaitForAsync(4011);

        Assert.Equal(
            (LogLevel.Warning, 1L, "_socksort_dead_letters"),
            (skipped.Level, skipped.Fields["Count"], skipped.Fields["DeadLetterTopic"]));
        Assert.StartsWith("the message has 2007 bytes, more than the 2000", (string)skipped.Fields["Reason"]!, StringComparison.Ordinal);
        AssertSilentAbout(bench, "p4yload");
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_logged_by_its_place()
    {
        var recorded = new RecordedLog();
        using var folder = new TempFolder();
        await using var bench = await ConnectBench.StartAsync("embedded");
        await using var worker = new ConnectWorker(new MemoryLog(), new Secrets(folder.Path), loggers: recorded);

        _ = await worker.RestoreAsync(Name, bench.Configuration(), isPaused: false);
        var failed = await recorded.WaitForAsync(4009);

        Assert.Equal([4002, 4009], recorded.Ids);
        Assert.Contains("credentials.properties", (string)failed.Fields["Problem"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sink_whose_file_cannot_be_written_is_logged_once_and_when_it_can_again()
    {
        var recorded = new RecordedLog();
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.File("data"));
        await using var worker = new ConnectWorker(log, new Secrets(null), loggers: recorded);
        var path = folder.File("data/sinks/pairs.jsonl");
        _ = Directory.CreateDirectory(path);
        _ = await log.AppendAsync("PAIRS", NewRecord.Of(0, null, Encoding.UTF8.GetBytes("p4yload")));

        _ = await worker.CreateAsync("pairs", new Dictionary<string, string>
        {
            ["connector.class"] = "FileStreamSink",
            ["topics"] = "PAIRS",
            ["file"] = "pairs.jsonl",
        });
        var failed = await recorded.WaitForAsync(4009);
        Directory.Delete(path);
        _ = await recorded.WaitForAsync(4010);

        Assert.Equal([4001, 4009, 4010], recorded.Ids);
        Assert.Equal("sink", recorded.Single(4001).Fields["Kind"]);
        Assert.Contains(path, (string)failed.Fields["Problem"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("p4yload", recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_its_broker_keeps_for_a_dropped_connector_is_a_warning()
    {
        var recorded = new RecordedLog();
        await using var worker = new ConnectWorker(new MemoryLog(), new Secrets(null), loggers: recorded);
        _ = await worker.CreateAsync(Name, Unsecret($"mqtt://127.0.0.1:{FreePort.Next()}"));

        var note = await worker.DeleteAsync(Name);

        var stays = recorded.Single(4013);
        Assert.Equal((LogLevel.Warning, note), (stays.Level, stays.Fields["Note"]));
        Assert.DoesNotContain("s3cret", recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_nobody_sends_again_and_that_were_not_stored_are_a_warning()
    {
        var recorded = new RecordedLog();
        using var folder = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(folder.File("data"), "8m");
        await using var log = SqliteLog.Open(folder.File("data"));
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Password = "s3cret" });
        await using var worker = new ConnectWorker(log, new Secrets(null), loggers: recorded);
        var configuration = Unsecret($"{broker.Endpoint}");
        configuration["mqtt.qos"] = "0";
        _ = await worker.CreateAsync(Name, configuration);
        _ = await recorded.WaitForAsync(4008);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        disk.Fill();
        _ = publisher.Publish("sockfound", "p4yload");
        _ = await recorded.WaitForAsync(4009);
        // It stops; that it is to stay stopped cannot be kept on a full disk, and is told.
        _ = await Assert.ThrowsAsync<LogException>(() => worker.StopAsync(Name));

        var lost = recorded.Single(4012);
        Assert.Equal((LogLevel.Warning, 1L), (lost.Level, lost.Fields["Count"]));
        Assert.All(["s3cret", "p4yload"], secret => Assert.DoesNotContain(secret, recorded.Text, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Unsecret(string uri) => new()
    {
        ["connector.class"] = "MqttSource",
        ["mqtt.server.uri"] = uri,
        ["mqtt.username"] = "socksort",
        ["mqtt.password"] = "s3cret",
        ["mqtt.topics"] = "sockfound",
        ["kafka.topic"] = "data_mqtt",
        ["value.converter"] = "org.apache.kafka.connect.converters.ByteArrayConverter",
    };

    private static void AssertSilentAbout(ConnectBench bench, string secret)
    {
        Assert.DoesNotContain(secret, bench.Recorded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Endpoint.Password!, bench.Recorded.Text, StringComparison.Ordinal);
    }
}
