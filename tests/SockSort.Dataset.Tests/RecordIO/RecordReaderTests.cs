using SockSort.Dataset.RecordIO;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.RecordIO;

public sealed class RecordReaderTests
{
    public static TheoryData<string> DamagedFiles => Goldens.Files("recordio/damaged");

    [Fact]
    public void Edge_cases_read_as_written()
    {
        var expected = Goldens.Json("recordio/edge.json").EnumerateArray().Select(record => record.GetProperty("payload_hex").GetString()!);

        var (records, error) = ReadAll(Goldens.PathOf("recordio/edge.rec"));

        Assert.Null(error);
        Assert.Equal(expected, records);
    }

    [Fact]
    public void A_file_without_an_index_reads_the_same_records()
    {
        var expected = Goldens.Json("recordio/edge.json")
            .EnumerateArray()
            .Skip(1)
            .Select(record => record.GetProperty("payload_hex").GetString()!);

        var (records, error) = ReadAll(Goldens.PathOf("recordio/plain.rec"));

        Assert.Null(error);
        Assert.Equal(expected, records);
    }

    [Fact]
    public void A_stream_that_cannot_seek_gives_the_same_records()
    {
        var expected = ReadAll(Goldens.PathOf("recordio/edge.rec")).Records;

        using var reader = new RecordReader(new DribblingStream(File.ReadAllBytes(Goldens.PathOf("recordio/edge.rec"))), "dribble");

        Assert.Equal(expected, ReadAll(reader).Records);
    }

    /// <summary>
    /// MXNet's answer counts up to the damage. It differs after it in four files: there MXNet drops a record in silence
    /// or mixes two into one, and ours is an error.
    /// </summary>
    [Theory]
    [MemberData(nameof(DamagedFiles))]
    public void A_damaged_file_gives_the_bytes_up_to_the_damage_and_then_an_error(string name)
    {
        var golden = Goldens.Json("recordio/damaged.json")
            .EnumerateArray()
            .First(row => row.GetProperty("file").GetString() == $"damaged/{name}.rec");
        var reads = golden.GetProperty("reads").EnumerateArray().Select(read => read.GetString()!).ToList();
        var known = KnownDamage.GetValueOrDefault(name, (Sound: reads.Count(read => read != "end"), Message: null, Offset: -1));
        var ends = reads.Contains("end") && known.Message is null;

        var (records, error) = ReadAll(Goldens.PathOf($"recordio/damaged/{name}.rec"));

        Assert.Equal(reads.Take(known.Sound), records);
        Assert.Equal(ends, error is null);
        Assert.EndsWith(known.Message ?? "", error?.Problem ?? "");
        Assert.Equal(known.Offset, known.Offset < 0 ? -1 : error?.Offset);
    }

    /// <summary>Where MXNet gives no error: how many records are sound, and what ours says at which offset.</summary>
    private static readonly Dictionary<string, (int Sound, string? Message, long Offset)> KnownDamage = new()
    {
        ["cut_between_parts"] = (2, "the last part of the record is missing: 0 bytes are left, a head of 8 was expected", 36),
        ["part_1_at_end"] = (4, "the last part of the record is missing: 0 bytes are left, a head of 8 was expected", 76),
        ["starts_with_part_2"] = (1, "the record starts with a part of kind 2, expected 0 (whole) or 1 (first)", 20),
        ["starts_with_part_3"] = (1, "the record starts with a part of kind 3, expected 0 (whole) or 1 (first)", 20),
        ["cflag_4"] = (1, "the record starts with a part of kind 4, expected 0 (whole) or 1 (first)", 20),
        ["part_1_then_whole"] = (2, "a part of kind 0 follows a first part, expected 2 (middle) or 3 (last)", 36),
    };

    [Fact]
    public void Given_a_damaged_record_and_skipping_expect_the_records_behind_it_and_a_note_of_the_damage()
    {
        var good = ReadAll(Goldens.PathOf("recordio/damaged/good.rec")).Records;

        using var reader = RecordReader.Open(Goldens.PathOf("recordio/damaged/wrong_magic.rec"), skipDamaged: true);
        var (records, error) = ReadAll(reader);

        Assert.Null(error);
        Assert.Equal([good[0], good[2], good[3]], records);
        Assert.Equal(
            ["found 0023d7ce where a record starts, expected the magic 0a23d7ce"], reader.Damages.Select(damage => damage.Problem));
    }

    [Fact]
    public void A_length_that_the_file_cannot_hold_takes_no_memory()
    {
        byte[] claim = [.. RecordPart.MagicBytes, 0xff, 0xff, 0xff, 0x1f, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var reader = new RecordReader(new DribblingStream(claim), "claim");
        var error = Assert.Throws<RecordIOException>(() => reader.Read());

        Assert.Equal("claim at byte 0: the record claims 536870911 bytes, 3 are left in the file", error.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_record_larger_than_the_window_comes_whole()
    {
        var large = new byte[3_000_001];
        Random.Shared.NextBytes(large);
        using var folder = new TempFolder();
        using (var writer = RecordWriter.Create(folder.File("large.rec")))
        {
            writer.Write(large);
            writer.Write([7]);
        }

        using var reader = RecordReader.Open(folder.File("large.rec"));
        Assert.True(reader.Read());
        Assert.True(reader.Record.SequenceEqual(large));
        Assert.True(reader.Read());
        Assert.Equal([7], reader.Record.ToArray());
        Assert.False(reader.Read());
    }

    internal static (List<string> Records, RecordIOException? Error) ReadAll(string path)
    {
        using var reader = RecordReader.Open(path);
        return ReadAll(reader);
    }

    private static (List<string> Records, RecordIOException? Error) ReadAll(RecordReader reader)
    {
        var records = new List<string>();
        try
        {
            while (reader.Read())
                records.Add(Convert.ToHexStringLower(reader.Record));
            return (records, null);
        }
        catch (RecordIOException error)
        {
            return (records, error);
        }
    }

    /// <summary>A pipe of a slow sender: cannot seek, gives at most five bytes at a time.</summary>
    private sealed class DribblingStream(byte[] bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var length = Math.Min(Math.Min(count, 5), bytes.Length - _position);
            bytes.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
            _position += length;
            return length;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
