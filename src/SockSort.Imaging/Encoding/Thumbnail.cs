using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;

namespace SockSort.Imaging.Encoding;

/// <summary>Small JPEGs of pictures, for a page.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public static class Thumbnail
{
    /// <param name="picture">The whole encoded picture, of any format that <see cref="PictureReader"/> reads.</param>
    /// <param name="name">What an error calls it.</param>
    /// <param name="longerSide">Pixels at most; a smaller picture keeps its size.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="PictureException">The bytes are no picture, cut off, damaged or too large.</exception>
    public static byte[] Encode(byte[] picture, string name, int longerSide, int quality) =>
        Encode(PictureReader.Read(picture, name), longerSide, quality);

    /// <inheritdoc cref="Encode(byte[], string, int, int)"/>
    public static byte[] Encode(Frame frame, int longerSide, int quality)
    {
        var shrink = Math.Min(1, (double)longerSide / Math.Max(frame.Width, frame.Height));
        var (width, height) = (Math.Max(1, (int)(frame.Width * shrink)), Math.Max(1, (int)(frame.Height * shrink)));
        return JpegWriter.Encode(new Resampler(width, height).Resize(frame), quality);
    }
}
