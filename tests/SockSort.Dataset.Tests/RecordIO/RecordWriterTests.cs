using System.Globalization;
using System.Text.Json;
using SockSort.Dataset.RecordIO;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.RecordIO;

public sealed class RecordWriterTests
{
    [Fact]
    public void Edge_cases_are_written_byte_for_byte()
    {
        using var folder = new TempFolder();
        using (var writer = IndexedRecordWriter.Create(folder.File("edge.rec")))
        {
            foreach (var record in Goldens.Json("recordio/edge.json").EnumerateArray())
                writer.Write(record.GetProperty("key").GetInt32(), Convert.FromHexString(record.GetProperty("payload_hex").GetString()!));
            writer.Commit();
        }

        Assert.Equal(File.ReadAllBytes(Goldens.PathOf("recordio/edge.rec")), File.ReadAllBytes(folder.File("edge.rec")));
        Assert.Equal(File.ReadAllText(Goldens.PathOf("recordio/edge.idx")), File.ReadAllText(folder.File("edge.idx")));
    }

    [Fact]
    public void Keys_may_be_negative_large_out_of_order_and_repeated()
    {
        var golden = Goldens.Json("recordio/keys.json");
        using var folder = new TempFolder();
        using (var writer = IndexedRecordWriter.Create(folder.File("keys.rec")))
        {
            foreach (var row in golden.GetProperty("written").EnumerateArray())
                writer.Write(row[0].GetInt64(), System.Text.Encoding.UTF8.GetBytes(row[1].GetString()!));
            writer.Commit();
        }

        Assert.Equal(File.ReadAllBytes(Goldens.PathOf("recordio/keys.rec")), File.ReadAllBytes(folder.File("keys.rec")));
        Assert.Equal(File.ReadAllText(Goldens.PathOf("recordio/keys.idx")), File.ReadAllText(folder.File("keys.idx")));
    }

    [Fact]
    public void A_repeated_key_reads_as_the_last_written()
    {
        var golden = Goldens.Json("recordio/keys.json");

        using var reader = IndexedRecordReader.Open(Goldens.PathOf("recordio/keys.rec"));

        Assert.Equal(golden.GetProperty("keys_after_open").EnumerateArray().Select(key => (Int128)key.GetInt64()), reader.Index.Keys);
        foreach (var row in golden.GetProperty("read_idx").EnumerateObject())
            Assert.Equal(row.Value.GetString(), System.Text.Encoding.UTF8.GetString(reader.Read(Int128.Parse(row.Name))));
        Assert.EndsWith("has no record 8: its index names 6 others", Assert.Throws<KeyNotFoundException>(() => reader.Read(8)).Message);
    }

    [Fact]
    public void No_record_at_all_gives_two_empty_files()
    {
        using var folder = new TempFolder();
        using (var writer = IndexedRecordWriter.Create(folder.File("empty.rec")))
            writer.Commit();

        Assert.Empty(File.ReadAllBytes(folder.File("empty.rec")));
        Assert.Empty(File.ReadAllBytes(folder.File("empty.idx")));
        Assert.Empty(File.ReadAllBytes(Goldens.PathOf("recordio/empty.rec")));
    }

    [Fact]
    public void Headers_and_labels_are_packed_and_unpacked_as_by_mxnet()
    {
        foreach (var row in Goldens.Json("recordio/headers.json").EnumerateArray())
        {
            var packed = row.GetProperty("label").ValueKind == JsonValueKind.Array;
            float[] labels = packed
                ? [.. row.GetProperty("label").EnumerateArray().Select(Number)]
                : [Number(row.GetProperty("label"))];
            var photo = Convert.FromHexString(row.GetProperty("payload_hex").GetString()!);
            var target = new byte[ImageRecord.HeaderLength(labels.Length, packed) + photo.Length];

            var length = ImageRecord.WriteHeader(
                target, row.GetProperty("id").GetUInt64(), labels, packed, row.GetProperty("id2").GetUInt64());
            photo.CopyTo(target, length);

            Assert.Equal(row.GetProperty("packed_hex").GetString(), Convert.ToHexStringLower(target));
            var back = ImageRecord.Parse(target);
            Assert.Equal(packed && labels.Length > 0 ? labels : [back.Label], back.Labels());
            Assert.Equal(photo, back.Photo.ToArray());
            Assert.Equal((row.GetProperty("id").GetUInt64(), row.GetProperty("id2").GetUInt64()), (back.Id, back.Id2));
        }
    }

    [Fact]
    public void A_header_that_claims_more_labels_than_there_are_bytes_is_no_image_record()
    {
        var record = new byte[27];
        record[0] = 1;

        Assert.False(ImageRecord.TryParse(record, out _));
        Assert.False(ImageRecord.TryParse([1, 2, 3], out _));
    }

    [Fact]
    public void Before_the_commit_nothing_stands_under_the_names_and_afterwards_no_part_is_left()
    {
        using var folder = new TempFolder();
        folder.Write("sock.rec", "older");
        using (var writer = IndexedRecordWriter.Create(folder.File("sock.rec")))
            writer.Write(1, [1, 2, 3]);

        Assert.Equal("older", File.ReadAllText(folder.File("sock.rec")));
        Assert.Equal(["sock.rec"], Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void A_record_of_two_to_the_29_bytes_is_refused()
    {
        using var writer = new RecordWriter(new MemoryStream());

        var error = Assert.Throws<ArgumentException>(() => writer.Write(new byte[1 << 29]));

        Assert.StartsWith("a record of 536870912 bytes is longer than the format's 536870911", error.Message);
        Assert.Equal(0, writer.Offset);
    }

    [Fact]
    public void An_index_line_that_is_none_is_named()
    {
        using var text = new StringReader("1\t0\nhello\n");

        var error = Assert.Throws<RecordIOException>(() => RecordIndex.Read(text, "sock.idx"));

        Assert.Equal("sock.idx at byte 4: line 2 is 'hello', expected a key, a TAB and an offset, both whole numbers", error.Message);
    }

    private static float Number(JsonElement text) => (float)(text.GetString() switch
    {
        // The sign of .NET's own NaN is set, that of Python's is not.
        "nan" => Math.Abs(double.NaN),
        "inf" => double.PositiveInfinity,
        var number => double.Parse(number!, CultureInfo.InvariantCulture),
    });
}
