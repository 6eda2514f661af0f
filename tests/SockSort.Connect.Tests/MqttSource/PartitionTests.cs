using System.Text;
using SockSort.Log;
using SockSort.Testing;

namespace SockSort.Connect.Tests.MqttSource;

/// <summary>A topic with several partitions gets each message where its key belongs.</summary>
public class PartitionTests
{
    [Fact]
    public async Task A_message_goes_into_the_partition_of_its_key()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        await bench.Log.CreateTopicAsync("data_mqtt", partitions: 4, cancellationToken: TestContext.Current.CancellationToken);
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration(
            ("value.converter", "JsonConverter"), ("mqtt.key.field", "camera")));
        await bench.ConnectedAsync("mqtt-source");

        foreach (var camera in new[] { "Google", "left sock", "Blank", "Google", "ab" })
            _ = bench.Publisher.Publish("sockfound", $$"""{"camera": "{{camera}}"}""");
        await bench.StoredAsync("mqtt-source", 5);

        var keys = Enumerable.Range(0, 4).Select(partition => KeysIn(bench.Log, partition));
        Assert.Equal(["Blank", "left sock", "ab", "Google Google"], keys);
    }

    [Fact]
    public async Task A_dead_letter_does_too()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        await bench.Log.CreateTopicAsync(
            "_socksort_dead_letters", partitions: 4, cancellationToken: TestContext.Current.CancellationToken);
        _ = await bench.Worker.CreateAsync(
            "mqtt-source", bench.Configuration(("value.converter", "JsonConverter"), ("mqtt.topics", "Google")));
        await bench.ConnectedAsync("mqtt-source");

        _ = bench.Publisher.Publish("Google", "no JSON");
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").Counts.DeadLetters == 1, "it is told of");

        Assert.Equal("Google", Text(Assert.Single(bench.Log.Read("_socksort_dead_letters", 3, 0)).Key));
    }

    private static string KeysIn(ILog log, int partition) =>
        string.Join(' ', log.Read("data_mqtt", partition, 0).Select(record => Text(record.Key)));

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
