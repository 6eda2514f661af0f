using System.Collections.Concurrent;
using System.Text;
using SockSort.Connect.MqttSource.Receipts;
using SockSort.Mqtt;
using SockSort.Mqtt.Subscribing;
using SockSort.Testing;

namespace SockSort.Connect.Tests.MqttSource.Receipts;

/// <summary>A message that names its camera, run and number stands in the log once, and its camera is told so.</summary>
public class DoublesTests
{
    private const string Name = "mqtt-source";

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_message_that_comes_again_is_left_out_and_counted(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());
        await bench.ConnectedAsync(Name);

        foreach (var seq in (int[])[1, 2, 2, 1, 3, 3, 4])
            Publish(bench, "0a1b", seq);
        Publish(bench, "ffff", 1);
        await bench.StoredAsync(Name, 5);
        await Eventually.TrueAsync(() => bench.InfoOf(Name).Counts.Received == 8, "all have come");

        Assert.Equal(["0a1b 1", "0a1b 2", "0a1b 3", "0a1b 4", "ffff 1"], Seen(bench));
        Assert.Equal((8, 5, 3), CountsOf(bench));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_message_that_comes_again_after_a_restart_is_left_out(string kind)
    {
        using var folder = new TempFolder();
        await using (var first = await ConnectBench.StartAsync(kind, data: folder.File("data")))
        {
            _ = await first.Worker.CreateAsync(Name, first.Configuration());
            await first.ConnectedAsync(Name);
            Publish(first, "0a1b", 1);
            Publish(first, "0a1b", 2);
            await first.StoredAsync(Name, 2);
        }

        await using var bench = await ConnectBench.StartAsync(kind, data: folder.File("data"));
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());
        await bench.ConnectedAsync(Name);
        Publish(bench, "0a1b", 2);
        Publish(bench, "0a1b", 3);
        await bench.StoredAsync(Name, 1);

        Assert.Equal(["0a1b 1", "0a1b 2", "0a1b 3"], Seen(bench));
        Assert.Equal((2, 1, 1), CountsOf(bench));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task The_camera_is_told_what_the_log_has(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        var told = new ConcurrentQueue<string>();
        await using var camera = Listen(bench, told);
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());
        await bench.ConnectedAsync(Name);

        foreach (var seq in (int[])[1, 2, 3, 6, 7])
            Publish(bench, "0a1b", seq);

        const string Expected = """socksort/desk/committed {"run":"0a1b","seq":3,"also":[[6,7]]}""";
        await Eventually.TrueAsync(() => told.LastOrDefault() == Expected, "the camera is told");
    }

    [Fact]
    public async Task A_new_start_tells_what_the_log_has_before_any_message()
    {
        using var folder = new TempFolder();
        await using (var first = await ConnectBench.StartAsync("embedded", data: folder.File("data")))
        {
            _ = await first.Worker.CreateAsync(Name, first.Configuration());
            Publish(first, "0a1b", 1);
            Publish(first, "0c2d", 1);
            await first.StoredAsync(Name, 2);
        }
        await using var bench = await ConnectBench.StartAsync("embedded", data: folder.File("data"));
        var told = new ConcurrentQueue<string>();
        await using var camera = Listen(bench, told);

        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());

        await Eventually.TrueAsync(() => !told.IsEmpty, "the camera is told");
        // Who subscribes while it is said may hear it twice: as it is said, and as the retained message.
        Assert.Equal(["""socksort/desk/committed {"run":"0c2d","seq":1}"""], told.Distinct());
    }

    [Fact]
    public async Task Messages_without_run_and_number_are_stored_as_often_as_they_come()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration());

        _ = bench.Publisher.Publish("sockfound", """{"image": "Google", "probability": 97.42}""");
        _ = bench.Publisher.Publish("sockfound", """{"image": "Google", "probability": 97.42}""");
        await bench.StoredAsync(Name, 2);

        Assert.Equal((2, 2, 0), CountsOf(bench));
    }

    [Fact]
    public async Task Doubles_are_kept_where_the_configuration_says_so()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        _ = await bench.Worker.CreateAsync(Name, bench.Configuration(("mqtt.doubles.remove", "false")));

        Publish(bench, "0a1b", 1);
        Publish(bench, "0a1b", 1);
        await bench.StoredAsync(Name, 2);

        Assert.Equal((2, 2, 0), CountsOf(bench));
    }

    private static void Publish(ConnectBench bench, string run, int seq) => bench.Publisher.Publish(
        "sockfound", $$"""{"image": "Google", "probability": 97.42, "camera": "desk", "seq": {{seq}}, "run": "{{run}}"}""");

    private static IEnumerable<string> Seen(ConnectBench bench) => bench.Log.Read("data_mqtt", 0, 0)
        .Select(record => MessageOrigin.Of(
            new MqttMessage("sockfound", record.Value!.Value, 1, false, false, 1))!.Value)
        .Select(origin => $"{origin.Run} {origin.Seq}");

    private static (long Received, long Stored, long Doubles) CountsOf(ConnectBench bench)
    {
        var counts = bench.InfoOf(Name).Counts;
        return (counts.Received, counts.Stored, counts.Doubles);
    }

    private static MqttSubscriber Listen(ConnectBench bench, ConcurrentQueue<string> told) => MqttSubscriber.Start(
        new SubscriberOptions
        {
            Endpoint = bench.Endpoint,
            ClientId = "camera",
            TopicFilters = ["socksort/+/committed"],
            KeepSession = false,
        },
        (messages, _) =>
        {
            foreach (var message in messages)
                told.Enqueue($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}");
            return Task.CompletedTask;
        });
}
