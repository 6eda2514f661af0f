using System.Diagnostics;
using System.Text;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Writing;

/// <summary>Records go where Kafka's own producer puts them, so that both may write one topic.</summary>
public sealed class PlacementTests(SharedKafka kafka)
{
    [Fact]
    public async Task A_key_lies_in_the_partition_into_which_kafkas_console_producer_puts_it()
    {
        await using var log = await kafka.OpenEmptyAsync();
        await log.CreateTopicAsync("theirs", partitions: 5);
        await log.CreateTopicAsync("ours", partitions: 5);
        string[] keys = [.. Enumerable.Range(0, 100).Select(number => $"sock {number * number}"), "Größe", "x", "ab", "abc", "abcd"];

        await ProduceByConsoleAsync("theirs", keys);
        var records = keys.Select(key => NewRecord.Of(1, Encoding.UTF8.GetBytes(key), [1]));
        foreach (var append in new RecordPlacer(log).Place("ours", [.. records]))
            _ = await log.AppendAsync("ours", append.Records, append.Partition);

        var (theirs, ours) = (KeysOf(log, "theirs"), KeysOf(log, "ours"));
        Assert.Equal(5, theirs.Select(keyed => keyed.Split(' ')[0]).Distinct().Count());
        Assert.Equal(theirs, ours);
    }

    private async Task ProduceByConsoleAsync(string topic, string[] keys)
    {
        using var folder = new TempFolder();
        var lines = folder.Write("lines", string.Concat(keys.Select(key => $"{key};1\n")));
        var server = await kafka.ServerAsync();
        string[] arguments =
        [
            "-c", "producer=$1; lines=$2; shift 2; \"$producer\" \"$@\" < \"$lines\"", "bash",
            TestKit.PathOf("kafka/console-producer"), lines, "--bootstrap-server", server.Bootstrap, "--topic", topic,
            "--property", "parse.key=true", "--property", "key.separator=;",
        ];
        using var producer = Process.Start("bash", arguments);
        await producer.WaitForExitAsync();
        Assert.Equal(0, producer.ExitCode);
    }

    private static List<string> KeysOf(KafkaLog log, string topic) => [.. Enumerable.Range(0, 5)
        .SelectMany(partition => log.Read(topic, partition, 0))
        .Select(record => $"{record.Partition} {Encoding.UTF8.GetString(record.Key!.Value.Span)}")
        .Order(StringComparer.Ordinal)];
}
