namespace SockSort.Imaging.Kernels;

/// <summary>Interleaved bytes to the planar numbers that the network reads.</summary>
internal static class PlanarKernel
{
    /// <param name="rgb">R G B interleaved; <c>pixels * 3</c> bytes.</param>
    /// <param name="scaling">Mean, scale and order of the planes.</param>
    /// <param name="chw">Same length; receives a plane a colour.</param>
    public static void ToPlanar(ReadOnlySpan<byte> rgb, PixelScaling scaling, Span<float> chw)
    {
        var pixels = rgb.Length / 3;
        var first = chw[..pixels];
        var last = chw.Slice(2 * pixels, pixels);
        ToPlane(rgb, scaling.Mean.Red, scaling.Scale.Red, scaling.BlueFirst ? last : first);
        ToPlane(rgb[1..], scaling.Mean.Green, scaling.Scale.Green, chw.Slice(pixels, pixels));
        ToPlane(rgb[2..], scaling.Mean.Blue, scaling.Scale.Blue, scaling.BlueFirst ? first : last);
    }

    private static void ToPlane(ReadOnlySpan<byte> every3rd, float mean, float scale, Span<float> plane)
    {
        // A division is exact where the scale is a power of two, and as other programs' to the last bit elsewhere.
        for (int i = 0, from = 0; i < plane.Length; i++, from += 3)
            plane[i] = (every3rd[from] - mean) / scale;
    }
}
