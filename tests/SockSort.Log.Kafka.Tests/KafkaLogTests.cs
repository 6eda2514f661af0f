using SockSort.Log.Kafka.Clients;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests;

/// <summary>The specification of all logs, on a real broker.</summary>
public sealed class KafkaLogTests(SharedKafka kafka) : LogSpecification
{
    protected override string LargerRecords => $"; {KafkaErrors.LargerRecords}";

    /// <summary>
    /// Kafka removes whole segments, when the broker looks and by the broker's clock: how much it keeps is its matter. Here it is told so,
    /// and says so.
    /// </summary>
    public override async Task What_is_older_than_its_time_goes_and_offsets_go_on()
    {
        await Log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));
        await Log.CreateTopicAsync("pairs");

        Assert.Equal(new TopicRetention(TimeSpan.FromHours(1)), Log.FindTopic("socks")!.Retention);
        Assert.Equal(TopicRetention.Everything, Log.FindTopic("pairs")!.Retention);
    }

    /// <inheritdoc cref="What_is_older_than_its_time_goes_and_offsets_go_on"/>
    public override async Task Beyond_its_bytes_the_oldest_go_from_each_partition_and_from_no_other_topic()
    {
        await Log.CreateTopicAsync("socks", partitions: 2);
        await Log.CreateTopicAsync("socks", partitions: 2, new(Bytes: 50_000));

        Assert.Equal(new TopicRetention(Bytes: 50_000), Log.Topics().Single().Retention);
    }

    /// <summary>Its fetching rests while more waits than is kept in memory, and another partition is read meanwhile.</summary>
    [Fact]
    public async Task A_partition_that_has_rested_is_read_to_its_end()
    {
        const int All = 7000;
        await Log.CreateTopicAsync("socks", partitions: 2);
        foreach (var records in Enumerable.Repeat(NewRecord.Of(0, null, new byte[10_000]), All).Chunk(500))
        {
            _ = await Log.AppendAsync("socks", records, partition: 0);
            _ = await Log.AppendAsync("socks", records, partition: 1);
        }

        var next = new long[2];
        for (var turn = 0; next.Min() < All; turn++)
        {
            var read = Log.Read("socks", turn % 2, next[turn % 2], 5000);
            next[turn % 2] = read.Count == 0 ? All : read[^1].Offset + 1;
        }

        Assert.Equal(All, Log.EndOffset("socks", 1));
    }

    protected override ILog Open() => kafka.OpenEmptyAsync(Clock).GetAwaiter().GetResult();
}
