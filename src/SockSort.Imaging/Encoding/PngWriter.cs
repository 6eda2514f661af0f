using NetVips;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.Encoding;

/// <summary>Frames as 8-bit RGB PNG.</summary>
public static class PngWriter
{
    public static byte[] Encode(Frame frame)
    {
        Vips.Prepare();
        using var image = Image.NewFromMemory(frame.Rgb, frame.Width, frame.Height, bands: 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return srgb.PngsaveBuffer(compression: 6);
    }
}
