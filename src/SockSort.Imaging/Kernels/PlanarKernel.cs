using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SockSort.Imaging.Kernels;

/// <summary>Interleaved bytes to the planar numbers that the network reads.</summary>
internal static class PlanarKernel
{
    // Pixels of a block: one register of bytes a colour, out of three of interleaved bytes.
    private const int Block = 16;

    // Which bytes of each of the three are every third one of all, and where they go.
    private static readonly Vector128<byte> OfFirst = Vector128.Create(
        (byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
    private static readonly Vector128<byte> OfSecond = Vector128.Create(
        (byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255);
    private static readonly Vector128<byte> OfThird = Vector128.Create(
        (byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13);

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

    private static void ToPlane(ReadOnlySpan<byte> everyThird, float mean, float scale, Span<float> plane)
    {
        var at = 0;
        for (; (at + Block) * 3 <= everyThird.Length; at += Block)
        {
            var values = Vector256.WidenLower(EveryThird(everyThird.Slice(at * 3, Block * 3)).ToVector256Unsafe());
            var (lower, upper) = Vector256.Widen(values);
            Scale(lower, mean, scale).CopyTo(plane[at..]);
            Scale(upper, mean, scale).CopyTo(plane[(at + Block / 2)..]);
        }
        for (; at < plane.Length; at++)
            plane[at] = (everyThird[at * 3] - mean) / scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> EveryThird(ReadOnlySpan<byte> block) =>
        Vector128.ShuffleNative(Vector128.Create(block), OfFirst)
        | Vector128.ShuffleNative(Vector128.Create(block[Block..]), OfSecond)
        | Vector128.ShuffleNative(Vector128.Create(block[(2 * Block)..]), OfThird);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Scale(Vector256<uint> values, float mean, float scale) =>
        (Vector256.ConvertToSingle(values.AsInt32()) - Vector256.Create(mean)) / Vector256.Create(scale);
}
