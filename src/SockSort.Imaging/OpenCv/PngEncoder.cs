using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>PNG as OpenCV writes it through libpng 1.6: adaptive filters, IDAT chunks of at most 8192 bytes, no ancillary chunks.</summary>
/// <remarks>
/// With the system's zlib the bytes are those of im2rec. Where there is none, .NET's own deflates to other bytes of the
/// same pixels. Not safe for several threads at once.
/// </remarks>
internal sealed class PngEncoder
{
    private const int ChunkBytes = 8192; // libpng's PNG_ZBUF_SIZE
    private const int SmallImage = 16384; // libpng narrows zlib's window only for pictures up to this size

    private readonly PngFilter _filter = new();
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <param name="picture">1, 3 or 4 channels of 8 or 16 bits.</param>
    /// <param name="level">zlib's level, 0 .. 9.</param>
    /// <param name="target">The file is appended.</param>
    public void Encode(RasterView picture, int level, RecordBytes target)
    {
        target.Append([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = (byte)(picture.Depth * 8);
        header[9] = picture.Channels switch { 1 => 0, 3 => 2, _ => 6 };
        header[10..].Clear();
        AppendChunk(target, "IHDR"u8, header);
        if (Zlib.IsPresent)
            AppendPixels(picture, level, target);
        else
            AppendPixelsWithoutZlib(picture, level, target);
        AppendChunk(target, "IEND"u8, default);
    }

    private void AppendPixels(RasterView picture, int level, RecordBytes target)
    {
        using var deflater = new Zlib.Deflater(level, WindowBits(picture));
        var used = 0;
        var first = true;
        var data = DataBytes(picture);
        void Emit(int length)
        {
            if (first)
                NarrowHeader(data);
            first = false;
            AppendChunk(target, "IDAT"u8, _chunk.AsSpan(0, length));
        }
        _filter.Start(picture);
        for (var y = 0; y < picture.Height; y++)
            deflater.Run(_filter.Next(picture.Row(y)), Zlib.NoFlush, _chunk, ref used, Emit);
        deflater.Run(default, Zlib.Finish, _chunk, ref used, Emit);
        if (used > 0)
            Emit(used);
    }

    private void AppendPixelsWithoutZlib(RasterView picture, int level, RecordBytes target)
    {
        using var deflated = new MemoryStream();
        using (var stream = new ZLibStream(deflated, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
        {
            _filter.Start(picture);
            for (var y = 0; y < picture.Height; y++)
                stream.Write(_filter.Next(picture.Row(y)));
        }
        foreach (var chunk in deflated.ToArray().Chunk(ChunkBytes))
            AppendChunk(target, "IDAT"u8, chunk);
    }

    /// <summary>Bytes that are deflated: a filter byte and the pixels of each row.</summary>
    private static long DataBytes(RasterView picture) => (picture.RowBytes + 1L) * picture.Height;

    /// <summary>
    /// libpng <c>png_deflate_claim</c>: halve the window while the picture and zlib's look-ahead (262) fit into half of it.
    /// </summary>
    private static int WindowBits(RasterView picture)
    {
        var bits = 15;
        var data = DataBytes(picture);
        for (var half = 1L << (bits - 1); data <= SmallImage && data + 262 <= half; half >>= 1)
            bits--;
        return bits;
    }

    /// <summary>libpng <c>optimize_cmf</c>: the zlib header claims the smallest window that holds the picture.</summary>
    private void NarrowHeader(long data)
    {
        var size = _chunk[0] >> 4;
        if (data > SmallImage || (_chunk[0] & 0x0f) != 8 || size > 7)
            return;
        var half = 1L << (size + 7);
        if (data > half)
            return;
        do
        {
            half >>= 1;
            size--;
        }
        while (size > 0 && data <= half);
        var method = (size << 4) | 8;
        var flags = _chunk[1] & 0xe0;
        _chunk[0] = (byte)method;
        _chunk[1] = (byte)(flags + (31 - ((method << 8) + flags) % 31));
    }

    private static void AppendChunk(RecordBytes target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        target.Append(word);
        target.Append(type);
        target.Append(data);
        var sum = new Crc32();
        sum.Append(type);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, sum.GetCurrentHashAsUInt32());
        target.Append(word);
    }
}
