namespace SockSort.Imaging.OpenCv;

/// <summary>What a file's first bytes say that it is; im2rec goes by them and never by the name.</summary>
internal enum PhotoFormat
{
    Unknown,
    Jpeg,
    Png,
    Bmp,
    WebP,
    Gif,
    Tiff,
}

internal static class PhotoFormats
{
    public static PhotoFormat Of(ReadOnlySpan<byte> file) => file switch
    {
        [0xff, 0xd8, 0xff, ..] => PhotoFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => PhotoFormat.Png,
        [(byte)'B', (byte)'M', ..] => PhotoFormat.Bmp,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PhotoFormat.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => PhotoFormat.Gif,
        [(byte)'I', (byte)'I', 0x2a, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2a, ..] => PhotoFormat.Tiff,
        _ => PhotoFormat.Unknown,
    };
}
