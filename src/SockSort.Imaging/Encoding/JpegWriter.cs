using System.Buffers;
using NetVips;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.Encoding;

/// <summary>Frames as baseline JPEG with 4:2:0 chroma: by libturbojpeg where the machine has it, else by libvips.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public static class JpegWriter
{
    public const int DefaultQuality = 85;

    /// <param name="frame">Any size up to JPEG's 65 535 pixels a side.</param>
    /// <param name="quality">1 (smallest) to 100 (best).</param>
    public static byte[] Encode(Frame frame, int quality = DefaultQuality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return TurboJpeg.IsPresent ? EncodeByTurboJpeg(frame, quality) : EncodeByVips(frame, quality);
    }

    internal static byte[] EncodeByTurboJpeg(Frame frame, int quality)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(TurboJpeg.LargestSize(frame.Width, frame.Height));
        try
        {
            using var compressor = TurboJpeg.CreateCompressor();
            var lengthBytes = TurboJpeg.Compress(compressor, frame, quality, buffer);
            return buffer.AsSpan(0, lengthBytes).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal static byte[] EncodeByVips(Frame frame, int quality)
    {
        Vips.Prepare();
        using var image = Image.NewFromMemory(frame.Rgb, frame.Width, frame.Height, bands: 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return srgb.JpegsaveBuffer(q: quality, subsampleMode: Enums.ForeignSubsample.On);
    }
}
