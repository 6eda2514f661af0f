using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Edge.Cameras.Sources.Http;

namespace SockSort.Edge.Tests.Cameras.Sources.Http;

public sealed class JpegStreamTests
{
    private static readonly byte[][] Jpegs = [.. Enumerable.Range(0, 4).Select(ScriptedCamera.Jpeg)];

    [Theory]
    [InlineData("--frame\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n")]
    [InlineData("----my=odd boundary--\nContent-type:image/jpeg\nContent-Length: 7\n\n", "")]
    [InlineData("\r\n\r\n--\r\n", "\r\n\r\n")]
    [InlineData("", "")]
    public async Task Pictures_are_found_whatever_stands_between_them(string before, string after)
    {
        var bytes = Jpegs.SelectMany(jpeg => (byte[])[.. Bytes(before), .. jpeg, .. Bytes(after)]).ToArray();

        var (pictures, damaged) = await ReadAsync(bytes);

        Assert.Equal(Jpegs, pictures);
        Assert.Equal(0, damaged);
    }

    [Property(MaxTest = 60)]
    public Property Pictures_are_found_however_the_bytes_come_in_pieces() => Prop.ForAll(
        Gen.Choose(1, 700).NonEmptyListOf().ToArbitrary(),
        pieces =>
            ReadAsync([.. Jpegs.SelectMany(jpeg => jpeg)], [.. pieces])
                .GetAwaiter()
                .GetResult().Pictures.SequenceEqual(Jpegs, new SameBytes()));

    [Fact]
    public async Task A_picture_is_whole_with_its_last_byte_though_nothing_follows()
    {
        var open = new Pipe();
        await open.Writer.WriteAsync((byte[])[.. "--frame\r\n\r\n"u8, .. Jpegs[0]], TestContext.Current.CancellationToken);

        var picture = await new JpegStream(open.Reader.AsStream()).NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Jpegs[0], picture);
    }

    [Fact]
    public async Task A_thumbnail_within_a_picture_is_part_of_it()
    {
        byte[] thumbnail = [0xff, 0xe1, 0, (byte)(2 + 8), 0xff, 0xd8, 0xff, 0xd9, 0xff, 0xd8, 0xff, 0xd9];
        byte[] jpeg = [.. Jpegs[0][..2], .. thumbnail, .. Jpegs[0][2..]];

        var (pictures, _) = await ReadAsync([.. jpeg, .. Jpegs[1]]);

        Assert.Equal([jpeg, Jpegs[1]], pictures);
    }

    [Fact]
    public async Task Where_no_picture_has_an_end_mark_each_ends_where_the_next_part_begins()
    {
        byte[] head = [.. "\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n"u8];
        byte[] bytes = [.. head, .. Jpegs[0][..^2], .. head, .. Jpegs[1][..^2], .. head, .. Jpegs[2]];

        var (pictures, damaged) = await ReadAsync(bytes);

        Assert.Equal(Jpegs[..3], pictures);
        Assert.Equal(0, damaged);
    }

    [Fact]
    public async Task Among_pictures_with_an_end_mark_one_without_is_cut_off_and_the_next_one_is_not()
    {
        byte[] bytes = [.. Jpegs[0], .. Jpegs[1][..(Jpegs[1].Length - 20)], .. "\r\n--frame\r\n\r\n"u8, .. Jpegs[2]];

        var (pictures, damaged) = await ReadAsync(bytes);

        Assert.Equal([Jpegs[0], Jpegs[2]], pictures);
        Assert.Equal(1, damaged);
    }

    [Fact]
    public async Task What_only_begins_like_a_picture_is_counted_and_left_out()
    {
        byte[] bytes = [0xff, 0xd8, 0xff, 0x00, 1, 2, 3, .. Jpegs[1], 0xff, 0xd8, 0xff, 0xe0, 0, 1, .. Jpegs[2], .. Jpegs[3][..40]];

        var (pictures, damaged) = await ReadAsync(bytes);

        Assert.Equal([Jpegs[1], Jpegs[2]], pictures);
        Assert.Equal(3, damaged);
    }

    [Fact]
    public async Task A_picture_larger_than_any_is_left_out_and_takes_no_more_memory()
    {
        var endless = new byte[JpegStream.MostBytes + (1 << 20)];
        Jpegs[0][..^2].CopyTo(endless, 0);

        var (pictures, damaged) = await ReadAsync([.. endless, .. Jpegs[1]]);

        Assert.Equal([Jpegs[1]], pictures);
        Assert.Equal(1, damaged);
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static async Task<(List<byte[]> Pictures, long Damaged)> ReadAsync(byte[] bytes, params int[] pieces)
    {
        var stream = new JpegStream(new Pieces(bytes, pieces));
        List<byte[]> pictures = [];
        while (await stream.NextAsync(CancellationToken.None) is { } picture)
            pictures.Add(picture);
        return (pictures, stream.Damaged);
    }

    /// <summary>Gives its bytes in pieces of these lengths, over and over; as many as are asked for where there are none.</summary>
    private sealed class Pieces(byte[] bytes, int[] lengths) : MemoryStream(bytes)
    {
        private int _number;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = lengths.Length == 0 ? buffer.Length : lengths[_number++ % lengths.Length];
            return base.ReadAsync(buffer[..Math.Min(length, buffer.Length)], cancellationToken);
        }
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
