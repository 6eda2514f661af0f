using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Log.Sqlite.Batches;

namespace SockSort.Log.Tests.Sqlite.Batches;

public class BatchCodecTests
{
    private static readonly BatchPlace Place = new("data_mqtt", 0, BaseOffset: 1000);

    [Property(Arbitrary = [typeof(RecordGenerator)])]
    public bool What_is_encoded_is_decoded_again(NewRecord[] records)
    {
        var some = records.Length == 0 ? [RecordGenerator.Plain] : records;

        var decoded = Decode(BatchCodec.Encode(some, nowMs: 77), 0);

        return some.Select((record, i) => Describe(1000 + i, record.TimestampMs ?? 77, record.Key, record.Value, record.Headers))
            .SequenceEqual(decoded.Select(record => Describe(record.Offset, record.TimestampMs, record.Key, record.Value, record.Headers)));
    }

    [Fact]
    public void The_bytes_of_a_batch_are_the_documented_ones()
    {
        var record = new NewRecord("k"u8.ToArray(), "value"u8.ToArray(), TimestampMs: 1, [new RecordHeader("h", null)]);

        var bytes = BatchCodec.Encode([record, new NewRecord(null, null, TimestampMs: 3)], nowMs: 0);

        Assert.Equal("01-29-D7-91-1C-02-02-00-02-6B-06-76-61-6C-75-65-01-01-68-00-04-00-00-00", BitConverter.ToString(bytes));
    }

    [Fact]
    public void Any_changed_byte_is_noticed()
    {
        var bytes = BatchCodec.Encode([RecordGenerator.Plain], nowMs: 5);

        Assert.All(Enumerable.Range(0, bytes.Length), at =>
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x10;
            Assert.Equal(LogErrorKind.Damaged, Assert.Throws<LogException>(() => Decode(damaged, 0)).Kind);
        });
    }

    [Fact]
    public void Any_cut_is_noticed_and_named()
    {
        var bytes = BatchCodec.Encode([RecordGenerator.Plain], nowMs: 5);

        Assert.All(Enumerable.Range(0, bytes.Length), length =>
            Assert.StartsWith("topic 'data_mqtt', partition 0, offset 1000: the stored batch is damaged (",
                Assert.Throws<LogException>(() => Decode(bytes[..length], 0)).Message));
    }

    [Fact]
    public void Reading_from_the_middle_gives_the_rest()
    {
        var bytes = BatchCodec.Encode([.. Enumerable.Range(0, 5).Select(i => new NewRecord(null, new[] { (byte)i }))], nowMs: 5);

        var offsets = Decode(bytes, fromOffset: 1002, maxRecords: 2).Select(record => record.Offset);

        Assert.Equal([1002, 1003], offsets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Headers_like_those_of_the_record_before_are_the_same_and_share_their_memory(bool copies)
    {
        RecordHeader[] shared = [new("id", "1"u8.ToArray()), new("topic", "t"u8.ToArray()), new("none", null)];
        RecordHeader[] other = [new("id", "2"u8.ToArray()), new("topic", "t"u8.ToArray()), new("none", "x"u8.ToArray()), new("more", null)];
        RecordHeader[][] headers = [shared, shared, [.. shared], other, [], other[..2], shared];

        var records = new List<LogRecord>();
        var bytes = BatchCodec.Encode([.. headers.Select(some => new NewRecord(null, null, TimestampMs: 1, some))], nowMs: 0);
        BatchCodec.Decode(bytes, Place, 0, int.MaxValue, records, copies);

        Assert.Equal(headers.Select(some => Describe(0, 1, null, null, some)),
            records.Select(record => Describe(0, 1, null, null, record.Headers)));
        Assert.Same(records[0].Headers, records[1].Headers);
        Assert.Same(records[0].Headers, records[2].Headers);
        Assert.Same(records[0].Headers[1].Name, records[3].Headers[1].Name);
    }

    private static List<LogRecord> Decode(byte[] bytes, long fromOffset, int maxRecords = int.MaxValue)
    {
        var records = new List<LogRecord>();
        BatchCodec.Decode(bytes, Place, fromOffset, maxRecords, records);
        return records;
    }

    private static string Describe(
        long offset, long timestampMs, ReadOnlyMemory<byte>? key, ReadOnlyMemory<byte>? value, IEnumerable<RecordHeader> headers) =>
        $"{offset} {timestampMs} {Hex(key)} {Hex(value)} "
            + $"{string.Join(',', headers.Select(header => $"{header.Name}={Hex(header.Value)}"))}";

    private static string Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? $"'{Convert.ToHexString(some.Span)}'" : "null";
}
