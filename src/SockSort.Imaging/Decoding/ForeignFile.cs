namespace SockSort.Imaging.Decoding;

/// <summary>Names files that people put among photos and that are none, or of a format that is not read, by their first bytes.</summary>
internal static class ForeignFile
{
    // A byte order mark and blank lines may stand before a page.
    private const int TextBytes = 256;

    private static readonly (byte[] Begins, string Name)[] Known =
    [
        ([0xff, 0x0a], "JPEG XL"),
        ([0, 0, 0, 0x0c, (byte)'J', (byte)'X', (byte)'L', (byte)' '], "JPEG XL"),
        ([0, 0, 0, 0x0c, (byte)'j', (byte)'P', (byte)' ', (byte)' '], "JPEG 2000"),
        ("8BPS"u8.ToArray(), "a Photoshop file (PSD)"),
        ("%PDF"u8.ToArray(), "a PDF"),
        ("FUJIFILMCCD-RAW"u8.ToArray(), "a raw photo of a camera"),
        ([0x1a, 0x45, 0xdf, 0xa3], "a video"),
        ([(byte)'P', (byte)'K', 3, 4], "a ZIP archive"),
        ([0x1f, 0x8b], "a gzip archive"),
        // AppleDouble: macOS keeps what a foreign disk cannot hold in "._" files.
        ([0, 5, 0x16, 7], "macOS's notes about a file of the same name"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS in place of the file ('git lfs pull' fetches it)"),
    ];

    /// <returns>As in "it is …"; null where the bytes say nothing that is known.</returns>
    public static string? NameOf(ReadOnlySpan<byte> file)
    {
        foreach (var (begins, name) in Known)
        {
            if (file.StartsWith(begins))
                return name;
        }
        if (IsoBrands.Of(file) is [var brand, ..])
            return brand.StartsWith("crx", StringComparison.Ordinal) ? "a raw photo of a camera" : "a video";
        var text = System.Text.Encoding.Latin1.GetString(file[..Math.Min(file.Length, TextBytes)]);
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return "a drawing (SVG)";
        var isPage = text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<html", StringComparison.OrdinalIgnoreCase);
        return isPage ? "a page of the web (HTML)" : null;
    }
}
