namespace SockSort.Imaging.Decoding;

/// <summary>What a file's first bytes say that it is; pictures are read by them and never by the name.</summary>
internal enum PhotoFormat
{
    Unknown,
    Jpeg,
    Png,
    Bmp,
    WebP,
    Gif,
    Tiff,
    Heic,
    Avif,
}

internal static class PhotoFormats
{
    // ISO/IEC 23008-12, annex B: brands of files whose pictures are HEVC.
    private static readonly string[] HevcBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];

    // Brands that say "pictures" and leave open how they are coded; the compatible brands say it.
    private static readonly string[] PictureBrands = ["mif1", "mif2", "msf1", "miaf"];

    public static PhotoFormat Of(ReadOnlySpan<byte> file) => file switch
    {
        [0xff, 0xd8, 0xff, ..] => PhotoFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => PhotoFormat.Png,
        [(byte)'B', (byte)'M', ..] => PhotoFormat.Bmp,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PhotoFormat.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => PhotoFormat.Gif,
        [(byte)'I', (byte)'I', 0x2a, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2a, ..] => PhotoFormat.Tiff,
        _ => OfBrands(IsoBrands.Of(file)),
    };

    private static PhotoFormat OfBrands(IReadOnlyList<string> brands)
    {
        if (brands.Count == 0)
            return PhotoFormat.Unknown;
        if (HevcBrands.Contains(brands[0]))
            return PhotoFormat.Heic;
        if (brands[0] is "avif" or "avis")
            return PhotoFormat.Avif;
        if (!PictureBrands.Contains(brands[0]))
            return PhotoFormat.Unknown;
        return brands.Any(brand => brand is "avif" or "avis") ? PhotoFormat.Avif : PhotoFormat.Heic;
    }
}
