using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SockSort.Imaging.Kernels;

/// <summary>The two passes of a separable resampling of interleaved RGB, bit for bit as Pillow's for 8-bit pictures.</summary>
internal static class ResampleKernel
{
    private const int Half = 1 << (ResamplingWeights.FractionBits - 1);

    /// <summary>Bytes that a row must be readable beyond its last pixel: each pixel is read as four bytes.</summary>
    public const int Overread = 1;

    /// <param name="row">One input row, R G B interleaved, followed by <see cref="Overread"/> bytes of any value.</param>
    /// <param name="weights">Of the horizontal axis.</param>
    /// <param name="target">Receives <c>target.Length / 3</c> pixels.</param>
    public static void Horizontal(ReadOnlySpan<byte> row, ResamplingWeights weights, Span<byte> target)
    {
        for (var x = 0; x < target.Length / 3; x++)
        {
            var share = weights.Of(x);
            // Proves the bounds of the unsafe reads below: 3 bytes a pixel and one more.
            var pixels = row.Slice(weights.First(x) * 3, share.Length * 3 + Overread);
            ref var pixel = ref MemoryMarshal.GetReference(pixels);
            var sum = Vector128.Create(Half);
            for (var k = 0; k < share.Length; k++)
            {
                var rgb = Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixel, k * 3))).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(rgb)).AsInt32() * share[k];
            }
            sum >>= ResamplingWeights.FractionBits;
            target[x * 3] = Clip(sum[0]);
            target[x * 3 + 1] = Clip(sum[1]);
            target[x * 3 + 2] = Clip(sum[2]);
        }
    }

    /// <param name="rows">The input rows that <paramref name="share"/> weighs, one behind the other, each as long as <paramref name="target"/>.</param>
    /// <param name="share">One fixed-point weight a row.</param>
    /// <param name="target">Receives one row.</param>
    public static void Vertical(ReadOnlySpan<byte> rows, ReadOnlySpan<int> share, Span<byte> target)
    {
        var length = target.Length;
        var x = 0;
        for (; x <= length - Vector128<byte>.Count; x += Vector128<byte>.Count)
            VerticalSixteen(rows, share, length, x).CopyTo(target[x..]);
        for (; x < length; x++)
        {
            var sum = Half;
            for (var k = 0; k < share.Length; k++)
                sum += rows[k * length + x] * share[k];
            target[x] = Clip(sum >> ResamplingWeights.FractionBits);
        }
    }

    private static Vector128<byte> VerticalSixteen(ReadOnlySpan<byte> rows, ReadOnlySpan<int> share, int length, int x)
    {
        Vector128<int> a = Vector128.Create(Half), b = a, c = a, d = a;
        for (var k = 0; k < share.Length; k++)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(rows.Slice(k * length + x, Vector128<byte>.Count)));
            a += Vector128.WidenLower(low).AsInt32() * share[k];
            b += Vector128.WidenUpper(low).AsInt32() * share[k];
            c += Vector128.WidenLower(high).AsInt32() * share[k];
            d += Vector128.WidenUpper(high).AsInt32() * share[k];
        }
        // Overshoot of the cubic fits 16 bits (it stays within a few times 255).
        var lower = Vector128.Narrow(a >> ResamplingWeights.FractionBits, b >> ResamplingWeights.FractionBits);
        var upper = Vector128.Narrow(c >> ResamplingWeights.FractionBits, d >> ResamplingWeights.FractionBits);
        var most = Vector128.Create((short)255);
        return Vector128.Narrow(
            Vector128.Min(Vector128.Max(lower, Vector128<short>.Zero), most).AsUInt16(),
            Vector128.Min(Vector128.Max(upper, Vector128<short>.Zero), most).AsUInt16());
    }

    private static byte Clip(int value) => (byte)Math.Clamp(value, 0, 255);
}
