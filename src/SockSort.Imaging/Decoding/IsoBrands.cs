using System.Buffers.Binary;

namespace SockSort.Imaging.Decoding;

/// <summary>The brands in the <c>ftyp</c> box with which files of ISO/IEC 14496-12 begin: HEIC, AVIF, MP4, QuickTime.</summary>
internal static class IsoBrands
{
    private const int BrandsAt = 8;
    private const int BrandBytes = 4;

    // A file names a handful; more are no brands.
    private const int MostBytes = 256;

    /// <summary>The major brand, then the compatible ones; empty where the file begins with no such box.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> file)
    {
        if (file.Length < BrandsAt + BrandBytes || !file[4..8].SequenceEqual("ftyp"u8))
            return [];
        var end = (int)Math.Min(Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), MostBytes), (uint)file.Length);
        var brands = new List<string> { System.Text.Encoding.Latin1.GetString(file.Slice(BrandsAt, BrandBytes)) };
        // Behind the major brand stands its version.
        for (var at = BrandsAt + 2 * BrandBytes; at + BrandBytes <= end; at += BrandBytes)
            brands.Add(System.Text.Encoding.Latin1.GetString(file.Slice(at, BrandBytes)));
        return brands;
    }
}
