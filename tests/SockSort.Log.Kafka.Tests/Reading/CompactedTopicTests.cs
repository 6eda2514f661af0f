using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Reading;

/// <summary>A topic that the broker compacts: of each key the newest record stays, and offsets have gaps.</summary>
public sealed class CompactedTopicTests
{
    private const int Keys = 5;
    private const int Rounds = 40;

    [Fact]
    public async Task It_is_read_to_its_end_over_the_gaps_and_the_newest_of_each_key_is_there()
    {
        await using var server = await KafkaServer.StartAsync("log.cleaner.backoff.ms=100");
        await CreateAsync(server, "heaps");
        await using var log = KafkaLog.Open(KafkaAddress.Parse(server.Address));
        _ = await log.AppendAsync("heaps", [.. Enumerable.Range(0, Keys * Rounds).Select(number => Of($"k{number % Keys}", $"{number}"))]);
        _ = await log.AppendAsync("heaps", [Of("k4", null)]);

        // A segment is cleaned when a newer one has begun.
        await Eventually.TrueAsync(
            async () =>
            {
                _ = await log.AppendAsync("heaps", [Of("filler", "")]);
                return Read(log, 0).Count < Keys * Rounds / 2;
            },
            "the broker has compacted");
        var read = Read(log, 0);

        Assert.Equal(read.Select(record => record.Offset).Distinct().Order(), read.Select(record => record.Offset));
        Assert.Equal(log.EndOffset("heaps", 0) - 1, read[^1].Offset);
        Assert.Equal(
            ["k0=195", "k1=196", "k2=197", "k3=198"],
            read.GroupBy(KeyOf).Select(group => $"{group.Key}={ValueOf(group.Last())}").Where(pair => pair[0] == 'k' && pair[1] != '4')
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(read, record => KeyOf(record) == "k4" && ValueOf(record) is { Length: > 0 } && record.Offset > Keys * Rounds);
        // From the midst of a gap it goes on with what comes next.
        Assert.Equal(read.First(record => record.Offset >= 100).Offset, Read(log, 100)[0].Offset);
    }

    private static async Task CreateAsync(KafkaServer server, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = server.Bootstrap }).Build();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = 1,
                ReplicationFactor = 1,
                Configs = new Dictionary<string, string>
                {
                    ["cleanup.policy"] = "compact",
                    ["segment.ms"] = "100",
                    ["min.cleanable.dirty.ratio"] = "0.01",
                },
            },
        ]);
    }

    /// <summary>A few at a time, until nothing more is there.</summary>
    private static List<LogRecord> Read(KafkaLog log, long from)
    {
        var records = new List<LogRecord>();
        var end = log.EndOffset("heaps", 0);
        while (from < end)
        {
            var next = log.Read("heaps", 0, from, 7);
            records.AddRange(next);
            from = next.Count == 0 ? from : next[^1].Offset + 1;
        }
        return records;
    }

    private static NewRecord Of(string key, string? value) =>
        new(Encoding.UTF8.GetBytes(key), NewRecord.Memory(value is null ? null : Encoding.UTF8.GetBytes(value)));

    private static string KeyOf(LogRecord record) => Encoding.UTF8.GetString(record.Key!.Value.Span);

    private static string? ValueOf(LogRecord record) => record.Value is { } value ? Encoding.UTF8.GetString(value.Span) : null;
}
