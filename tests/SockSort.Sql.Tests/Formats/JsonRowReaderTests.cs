using System.Text;
using FsCheck.Xunit;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Tests.Formats;

public class JsonRowReaderTests
{
    private static readonly FormatColumn[] Columns =
        [new("IMAGE", SqlType.String, 0), new("PROBABILITY", SqlType.Double, 1), new("SEQ", SqlType.Bigint, 2)];

    private static Slot[] Read(string json)
    {
        var row = new Slot[3];
        new JsonRowReader(Columns, isWrapped: true).Read(Encoding.UTF8.GetBytes(json), row);
        return row;
    }

    [Theory]
    [InlineData("""{"image": "Google", "probability": 97.5, "seq": 3}""", "Google", 97.5, 3L)]
    [InlineData("""{"seq": "3", "more": {"a": [1, {}]}, "IMAGE": 12, "Probability": "1e1"}""", "12", 10.0, 3L)]
    [InlineData("""{"image": {"a": [1, 2]}, "probability": null}""", """{"a":[1,2]}""", null, null)]
    [InlineData("""{"image": "lower", "IMAGE": "exact"}""", "exact", null, null)]
    [InlineData("""{"IMAGE": "exact", "image": "lower"}""", "exact", null, null)]
    [InlineData("null", null, null, null)]
    public void Fields_are_found_by_name_and_converted(string json, string? image, double? probability, long? seq)
    {
        var row = Read(json);

        Assert.Equal(
            (image, probability, seq),
            ((string?)row[0].Ref, (double?)row[1].ToObject(SqlBaseType.Double), (long?)row[2].ToObject(SqlBaseType.Bigint)));
    }

    [Theory]
    [InlineData("camera 1 is up", "not JSON: byte 0 of line 1")]
    [InlineData("[1]", "a JSON object is needed, but the record holds an array")]
    [InlineData("""{"probability": true}""", "field 'PROBABILITY': a number is needed, but it holds a boolean")]
    [InlineData("""{"seq": 1""", "not JSON: byte 9 of line 1")]
    public void What_does_not_read_is_told(string json, string message) =>
        Assert.Equal(message, Assert.Throws<RecordException>(() => Read(json)).Message);

    [Property]
    public void A_written_row_reads_back(string? image, double probability, long seq)
    {
        var written = new[] { Slot.Of(image), Slot.Of(probability), Slot.Of(seq) };
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        _ = new JsonRowWriter(Columns, isWrapped: true).Write(written, buffer);

        var read = Read(Encoding.UTF8.GetString(buffer.WrittenSpan));

        // A lone surrogate has no UTF-8 form and is replaced on the way.
        Assert.Equal(image is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(image)), (string?)read[0].Ref);
        Assert.Equal((probability, seq), (read[1].AsDouble, read[2].Bits));
    }
}
