using System.Runtime.InteropServices;

namespace SockSort.Imaging.OpenCv;

/// <summary>Changes of channels and depth as OpenCV's decoders and encoders do them; all work pixel by pixel.</summary>
internal static class ChannelKernel
{
    /// <summary>
    /// Weights of R, G and B; the sum is shifted right by <paramref name="Shift"/> after <paramref name="Rounding"/> was added.
    /// </summary>
    internal readonly record struct GrayRule(int Red, int Green, int Blue, int Shift, int Rounding)
    {
        /// <summary>libpng's <c>png_set_rgb_to_gray</c> with the weights that OpenCV gives it.</summary>
        public static readonly GrayRule Png = new(9797, 19234, 3737, 15, 0);

        /// <summary>OpenCV's <c>icvCvt_BGR2Gray</c>, for BMP and CMYK.</summary>
        public static readonly GrayRule Bmp = new(4899, 9617, 1868, 14, 1 << 13);

        /// <summary>OpenCV's <c>cvtColor</c>, for WebP.</summary>
        public static readonly GrayRule Converted = new(9798, 19235, 3735, 15, 1 << 14);

        public byte Of(int red, int green, int blue) => (byte)((Red * red + Green * green + Blue * blue + Rounding) >> Shift);
    }

    /// <summary>Stored c, m, y, k (inverted, as Adobe writes them) give v = k - ((255 - c) * k &gt;&gt; 8).</summary>
    public static void CmykToColour(ReadOnlySpan<byte> cmyk, Span<byte> rgb)
    {
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            int k = cmyk[from + 3];
            for (var c = 0; c < 3; c++)
                rgb[to + c] = Unblacken(cmyk[from + c], k);
        }
    }

    /// <summary>Turns CMYK into colours as <see cref="CmykToColour"/> does, then into gray.</summary>
    public static void CmykToGray(ReadOnlySpan<byte> cmyk, Span<byte> gray)
    {
        for (int from = 0, to = 0; to < gray.Length; from += 4, to++)
        {
            int k = cmyk[from + 3];
            gray[to] = GrayRule.Bmp.Of(Unblacken(cmyk[from], k), Unblacken(cmyk[from + 1], k), Unblacken(cmyk[from + 2], k));
        }
    }

    /// <summary><paramref name="pixels"/> are gray, or R G B, with or without A behind.</summary>
    public static void ToGray(ReadOnlySpan<byte> pixels, int channels, GrayRule rule, Span<byte> gray)
    {
        for (int from = 0, to = 0; to < gray.Length; from += channels, to++)
            gray[to] = channels < 3 ? pixels[from] : rule.Of(pixels[from], pixels[from + 1], pixels[from + 2]);
    }

    /// <summary>1 (gray), 2 (gray, A), 3 or 4 channels to 1, 3 or 4: gray is repeated, A kept, dropped, or set to opaque.</summary>
    public static void Rearrange<T>(ReadOnlySpan<T> source, int channels, Span<T> target, int targetChannels, T opaque) where T : struct
    {
        var colours = channels < 3 ? 1 : 3;
        for (int from = 0, to = 0; to < target.Length; from += channels, to += targetChannels)
        {
            for (var c = 0; c < Math.Min(targetChannels, 3); c++)
                target[to + c] = source[from + (colours == 1 ? 0 : c)];
            if (targetChannels == 4)
                target[to + 3] = channels > colours ? source[from + colours] : opaque;
        }
    }

    /// <summary>16 bits to 8 as libpng strips them: the high byte stays.</summary>
    public static void HighBytes(ReadOnlySpan<ushort> words, Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(words[i] >> 8);
    }

    /// <summary>16 bits to 8 as OpenCV's JPEG encoder converts them: larger values become 255.</summary>
    public static void Saturate(ReadOnlySpan<byte> words, Span<byte> bytes)
    {
        var values = MemoryMarshal.Cast<byte, ushort>(words);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Min(values[i], (ushort)255);
    }

    private static byte Unblacken(int ink, int black) => (byte)(black - (((255 - ink) * black) >> 8));
}
