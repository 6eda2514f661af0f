using System.Text;
using SockSort.Connect.Classes;
using SockSort.Testing;

namespace SockSort.Connect.Tests.MqttSource;

/// <summary>A message that the log cannot take is skipped, counted and told of, and the others come.</summary>
public class DeadLetterTests
{
    private const int Limit = 2000;

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_message_over_the_limit_is_told_of_with_its_head_and_size(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration(("mqtt.message.max.bytes", $"{Limit}")));
        await bench.ConnectedAsync("mqtt-source");

        _ = bench.Publisher.Publish("sockfound", "before");
        _ = bench.Publisher.Publish("sockfound", new string('x', Limit));
        _ = bench.Publisher.Publish("sockfound", new string('y', Limit + 1));
        _ = bench.Publisher.Publish("sockfound", "after");
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").Counts is { Stored: 3, DeadLetters: 1 }, "all are stored or told of");

        Assert.Equal(["before", new string('x', Limit), "after"], bench.Values());
        var letter = Assert.Single(bench.Log.Read("_socksort_dead_letters", 0, 0));
        Assert.Equal(("sockfound", new string('y', 1024)), (Text(letter.Key), Text(letter.Value)));
        Assert.Equal(
            [
                "__connect.errors.topic=sockfound",
                "__connect.errors.connector.name=mqtt-source",
                "__connect.errors.task.id=0",
                "__connect.errors.exception.message=the message has 2001 bytes, more than the 2000 that are taken "
                    + "('mqtt.message.max.bytes'); its first 1024 are kept",
                "__connect.errors.size=2001",
                "mqtt.qos=1", "mqtt.retained=false", "mqtt.duplicate=false", "mqtt.topic=sockfound",
            ], letter.Headers.Where(header => header.Name != "mqtt.message.id").Select(header => $"{header.Name}={Text(header.Value)}"));
        Assert.Equal(
            (4, 1, ConnectorState.Running),
            (bench.InfoOf("mqtt-source").Counts.Received, bench.InfoOf("mqtt-source").Counts.TooLarge, bench.InfoOf("mqtt-source").State));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_message_that_the_converter_refuses_or_that_lacks_its_key_is_told_of_and_the_others_come(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration(
            ("value.converter", "JsonConverter"), ("mqtt.key.field", "camera"), ("mqtt.topics", "socks/+, other")));
        await bench.ConnectedAsync("mqtt-source");

        _ = bench.Publisher.Publish("socks/a", """{"camera": "attic", "n": 1}""");
        _ = bench.Publisher.Publish("socks/b", """{"camera": "attic", "n": """);
        _ = bench.Publisher.Publish("socks/c", """{"n": 3}""");
        _ = bench.Publisher.Publish("other", """{"n": 4, "camera": "cellar"}""");
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").Counts is { Stored: 2, DeadLetters: 2 }, "all are stored or told of");

        var records = bench.Log.Read("data_mqtt", 0, 0);
        Assert.Equal(["attic", "cellar"], records.Select(record => Text(record.Key)));
        Assert.Equal(["socks/a", "other"], records.Select(record => Text(record.Headers.Single(h => h.Name == "mqtt.topic").Value)));
        var letters = bench.Log.Read("_socksort_dead_letters", 0, 0);
        Assert.Equal(["socks/b", "socks/c"], letters.Select(letter => Text(letter.Key)));
        Assert.Equal(
            [
                "the message is no JSON: line 1, byte 26 ('value.converter')",
                "the message has no field 'camera' for the record's key ('mqtt.key.field')",
            ], letters.Select(letter => Text(letter.Headers.Single(h => h.Name == "__connect.errors.exception.message").Value)));
        Assert.Equal((0, ConnectorState.Running), (bench.InfoOf("mqtt-source").Counts.TooLarge, bench.InfoOf("mqtt-source").State));
    }

    [Fact]
    public async Task They_go_to_the_topic_that_is_asked_for()
    {
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration(
            changes: [("mqtt.message.max.bytes", "1024"), ("errors.deadletterqueue.topic.name", "large"), ("errors.tolerance", "all")]));
        await bench.RunningAsync();

        await bench.PublishAsync("socks", new string('x', 5000));
        await Eventually.TrueAsync(() => bench.Info.Counts.DeadLetters == 1, "it is told of");

        Assert.Equal([new string('x', 1024)], bench.Values("large"));
        Assert.Equal(["not needed here and without effect: errors.tolerance"], bench.Info.Notes);
    }

    [Fact]
    public async Task A_message_of_70_megabytes_stands_in_the_way_of_none()
    {
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();

        await bench.PublishAsync("socks", "1");
        await bench.PublishFileAsync("socks", bench.Write("large", new string('x', 70_000_000)));
        await bench.PublishAsync("socks", "2");
        await bench.StoredAsync(2);
        await Eventually.TrueAsync(() => bench.Info.Counts.DeadLetters == 1, "it is told of");

        Assert.Equal(["1", "2"], bench.Values());
        Assert.Contains(
            bench.Log.Read("_socksort_dead_letters", 0, 0)[0].Headers,
            header => (header.Name, Text(header.Value)) == ("__connect.errors.size", "70000000"));
        Assert.Equal((0, ConnectorState.Running), (bench.Info.Counts.Reconnects, bench.Info.State));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task While_the_disk_is_full_nothing_is_acknowledged_and_afterwards_all_is_there(string kind)
    {
        using var folder = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(folder.File("disk"), "8m");
        await using var bench = await ConnectBench.StartAsync(kind, data: Path.Combine(disk.Folder, "data"));
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration(("mqtt.message.max.bytes", $"{Limit}")));
        await bench.ConnectedAsync("mqtt-source");
        _ = bench.Publisher.Publish("sockfound", "before");
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").Counts.Stored == 1, "the first is stored");

        disk.Fill();
        _ = bench.Publisher.Publish("sockfound", new string('y', Limit + 1));
        _ = bench.Publisher.Publish("sockfound", "after");
        await Eventually.TrueAsync(
            () => bench.InfoOf("mqtt-source").Trace?.Contains("the disk is full", StringComparison.Ordinal) == true,
            "the full disk is told");
        Assert.Equal(ConnectorState.Failed, bench.InfoOf("mqtt-source").State);
        disk.Free();
        await Eventually.TrueAsync(
            () => bench.InfoOf("mqtt-source") is { State: ConnectorState.Running, Counts: { Stored: 2, DeadLetters: 1 } },
            "the others are stored or told of");

        Assert.Equal(["before", "after"], bench.Values());
        _ = Assert.Single(bench.Log.Read("_socksort_dead_letters", 0, 0));
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
