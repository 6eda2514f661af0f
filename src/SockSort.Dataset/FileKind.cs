using System.Buffers.Binary;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset;

/// <summary>Names files of data by their first bytes, where another kind was expected.</summary>
internal static class FileKind
{
    /// <summary>What im2rec writes.</summary>
    public const string Records = "a RecordIO file (.rec)";

    /// <summary>Bytes that are looked at.</summary>
    public const int HeadBytes = 512;
    private const int TarMagicAt = 257;

    // tensorflow/core/lib/io/record_writer.h: uint64 length, uint32 masked CRC-32C of it.
    private const int TfHeadBytes = 12;
    private const uint TfMask = 0xa282ead8;

    private static readonly (byte[] Begins, string Name)[] Known =
    [
        ([0x0a, 0x23, 0xd7, 0xce], Records),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "an HDF5 file"),
        ([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], "a NumPy array"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ("ARROW1"u8.ToArray(), "an Arrow file"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database"),
        ([(byte)'P', (byte)'K', 3, 4], "a ZIP archive (or a NumPy .npz)"),
        ([0x1f, 0x8b], "a gzip archive"),
        ([0x80, 2], "a Python pickle"),
        ([0x80, 3], "a Python pickle"),
        ([0x80, 4], "a Python pickle"),
        ([0x80, 5], "a Python pickle"),
        ([0xff, 0xd8, 0xff], "a picture"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS in place of the file ('git lfs pull' fetches it)"),
    ];

    /// <returns>As in "it is …"; null where the bytes say nothing that is known, or cannot be read.</returns>
    public static string? NameOf(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            var head = new byte[HeadBytes];
            var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return NameOf(head.AsSpan(0, length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="head">The first bytes of the file.</param>
    public static string? NameOf(ReadOnlySpan<byte> head)
    {
        foreach (var (begins, name) in Known)
        {
            if (head.StartsWith(begins))
                return name;
        }
        if (head.Length > TarMagicAt + 5 && head.Slice(TarMagicAt, 5).SequenceEqual("ustar"u8))
            return "a tar archive (WebDataset keeps its samples so)";
        return IsTfRecord(head) ? "a TFRecord file of TensorFlow" : null;
    }

    private static bool IsTfRecord(ReadOnlySpan<byte> head)
    {
        if (head.Length < TfHeadBytes)
            return false;
        var crc = ~System.Numerics.BitOperations.Crc32C(uint.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(head));
        var masked = unchecked(((crc >> 15) | (crc << 17)) + TfMask);
        return masked == BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
    }
}
