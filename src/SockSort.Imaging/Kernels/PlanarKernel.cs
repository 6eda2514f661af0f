namespace SockSort.Imaging.Kernels;

/// <summary>Interleaved bytes to the planar numbers that the network reads.</summary>
internal static class PlanarKernel
{
    /// <param name="rgb">R G B interleaved; <c>pixels * 3</c> bytes.</param>
    /// <param name="chw">Same length; receives all R, then all G, then all B, as <c>(value - 127) / 128</c>: -0.992..1.</param>
    public static void ToPlanar(ReadOnlySpan<byte> rgb, Span<float> chw)
    {
        var pixels = rgb.Length / 3;
        var red = chw[..pixels];
        var green = chw.Slice(pixels, pixels);
        var blue = chw.Slice(2 * pixels, pixels);
        rgb = rgb[..(pixels * 3)];
        for (int i = 0, from = 0; i < pixels; i++, from += 3)
        {
            // Exact: a difference of small whole numbers, divided by a power of two.
            red[i] = (rgb[from] - Preprocessor.Mean) * (1f / Preprocessor.Scale);
            green[i] = (rgb[from + 1] - Preprocessor.Mean) * (1f / Preprocessor.Scale);
            blue[i] = (rgb[from + 2] - Preprocessor.Mean) * (1f / Preprocessor.Scale);
        }
    }
}
