using System.Text;
using SockSort.Log.Memory;

namespace SockSort.Log.Tests;

public sealed class RecordPlacerTests
{
    private readonly MemoryLog _log = new();

    [Fact]
    public void Each_key_has_its_partition_and_records_keep_their_order_there()
    {
        _log.EnsureTopic("socks", partitions: 4);
        var placer = new RecordPlacer(_log);

        var appends = placer.Place("socks", [.. "Google,left sock,Blank,Google,ab,Blank".Split(',').Select((key, at) => Record(key, at))]);

        Assert.Equal(["0: Blank@2 Blank@5", "1: left sock@1", "2: ab@4", "3: Google@0 Google@3"], appends.Select(TextOf));
    }

    [Fact]
    public void Records_without_a_key_go_together_into_one_partition_and_those_of_the_next_call_into_the_next()
    {
        _log.EnsureTopic("socks", partitions: 3);
        var placer = new RecordPlacer(_log);
        NewRecord[] batch = [Record(null, 0), Record(null, 1), Record(null, 2)];

        var calls = Enumerable.Range(0, 6).Select(_ => Assert.Single(placer.Place("socks", batch))).ToList();

        Assert.All(calls, append => Assert.Equal(3, append.Records.Count));
        Assert.Equal([0, 0, 1, 1, 2, 2], calls.Select(append => append.Partition).Order());
        Assert.Equal(calls.Take(3).Select(append => append.Partition), calls.Skip(3).Select(append => append.Partition));
    }

    /// <summary>As <c>WindowedStreamPartitioner</c> of Kafka Streams 4.1 places them; the whole keys would go elsewhere.</summary>
    [Theory]
    [InlineData("476f6f676c650000000000001388", 8, 3)]
    [InlineData("476f6f676c650000000000001b580000000000001388", 16, 3)]
    [InlineData("6c65667420736f636b0000000000001388", 8, 1)]
    [InlineData("6c65667420736f636b0000000000001b580000000000001388", 16, 1)]
    public void A_windowed_key_goes_where_the_key_without_its_window_goes(string hexadecimal, int windowBytes, int partition)
    {
        var record = NewRecord.Of(0, Convert.FromHexString(hexadecimal), null);

        var append = Assert.Single(new RecordPlacer(_log).Place("socks", [record], partitions: 4, _ => windowBytes));

        Assert.Equal(partition, append.Partition);
    }

    [Fact]
    public void A_topic_that_does_not_exist_is_placed_as_it_will_be_made_with_one_partition()
    {
        var append = Assert.Single(new RecordPlacer(_log).Place("later", [Record("Google", 0), Record("ab", 1)]));

        Assert.Equal(("later", "0: Google@0 ab@1"), (append.Topic, TextOf(append)));
    }

    [Fact]
    public void Where_one_order_is_kept_all_goes_into_the_first_partition()
    {
        _log.EnsureTopic("socks", partitions: 4);
        var placer = new RecordPlacer(_log) { KeepsOneOrder = true };

        Assert.Equal(["0: Google@0 ab@1"], placer.Place("socks", [Record("Google", 0), Record("ab", 1)]).Select(TextOf));
    }

    [Fact]
    public void No_records_are_no_append() => Assert.Empty(new RecordPlacer(_log).Place("socks", []));

    private static NewRecord Record(string? key, int at) => NewRecord.Of(at, key is null ? null : Encoding.UTF8.GetBytes(key), null);

    private static string TextOf(TopicAppend append) => $"{append.Partition}: " + string.Join(
        " ", append.Records.Select(record => $"{Encoding.UTF8.GetString(record.Key!.Value.Span)}@{record.TimestampMs}"));
}
