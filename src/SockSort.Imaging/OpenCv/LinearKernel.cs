using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SockSort.Imaging.OpenCv;

/// <summary>The two loops of OpenCV's bilinear resize: along a row, then between two rows.</summary>
internal static class LinearKernel
{
    /// <summary>Samples behind a line that <see cref="Stretch"/> may write to.</summary>
    public const int WriteMargin = 8;

    /// <summary>One row to the target's width; each value is <c>(p[s] * a0 + p[s+1] * a1) &gt;&gt; 4</c>, which fits in 15 bits.</summary>
    /// <param name="row">Samples of the row; behind it <see cref="Raster.ReadMargin"/> bytes can be read.</param>
    /// <param name="sourceWidth">Pixels of the row.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="columns">Set for the two widths.</param>
    /// <param name="line">Receives target width * channels values, and <see cref="WriteMargin"/> without meaning.</param>
    public static void Stretch(ReadOnlySpan<byte> row, int sourceWidth, int channels, LinearWeights columns, Span<short> line)
    {
        if (sourceWidth == 1)
            StretchOnePixel(row, channels, columns.Starts.Length, line);
        else if (channels == 3 && Ssse3.IsSupported)
            StretchColour(row, sourceWidth, columns, line);
        else
            StretchPlain(row, channels, columns, line);
    }

    /// <summary>Two rows to one: <c>(((b0 * upper) &gt;&gt; 16) + ((b1 * lower) &gt;&gt; 16) + 2) &gt;&gt; 2</c>.</summary>
    public static void Blend(ReadOnlySpan<short> upper, ReadOnlySpan<short> lower, short upperWeight, short lowerWeight, Span<byte> target)
    {
        var i = 0;
        if (Avx2.IsSupported)
        {
            ref var from0 = ref MemoryMarshal.GetReference(upper);
            ref var from1 = ref MemoryMarshal.GetReference(lower);
            ref var to = ref MemoryMarshal.GetReference(target);
            var (weight0, weight1, two) = (Vector256.Create(upperWeight), Vector256.Create(lowerWeight), Vector256.Create((short)2));
            // All three spans have the target's length, and i + 32 does not pass it.
            for (; i + 32 <= target.Length; i += 32)
            {
                var first = BlendSixteen(ref from0, ref from1, i, weight0, weight1, two);
                var second = BlendSixteen(ref from0, ref from1, i + 16, weight0, weight1, two);
                var packed = Avx2.PackUnsignedSaturate(first, second).AsInt64();
                Avx2.Permute4x64(packed, 0b11_01_10_00).AsByte().StoreUnsafe(ref to, (nuint)i);
            }
        }
        for (; i < target.Length; i++)
            target[i] = (byte)Math.Clamp((((upperWeight * upper[i]) >> 16) + ((lowerWeight * lower[i]) >> 16) + 2) >> 2, 0, 255);
    }

    /// <summary>Does what <see cref="Stretch"/> does for samples of 16 bits, in float32: <c>left + (right - left) * fraction</c>.</summary>
    public static void StretchWords(ReadOnlySpan<ushort> row, int sourceWidth, int channels, LinearWeights columns, Span<float> line)
    {
        for (var x = 0; x < columns.Starts.Length; x++)
        {
            var (start, fraction) = (columns.Starts[x], columns.Fractions[x]);
            for (var c = 0; c < channels; c++)
            {
                float left = row[start * channels + c];
                var right = sourceWidth == 1 ? left : row[(start + 1) * channels + c];
                line[x * channels + c] = left + (right - left) * fraction;
            }
        }
    }

    /// <summary>Does what <see cref="Blend"/> does for samples of 16 bits; halves are rounded to even.</summary>
    public static void BlendWords(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float fraction, Span<ushort> target)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = (ushort)Math.Clamp(MathF.Round(upper[i] + (lower[i] - upper[i]) * fraction), 0, ushort.MaxValue);
    }

    private static void StretchOnePixel(ReadOnlySpan<byte> row, int channels, int targetWidth, Span<short> line)
    {
        for (var i = 0; i < targetWidth * channels; i++)
            line[i] = (short)((row[i % channels] * LinearWeights.One) >> 4);
    }

    private static void StretchPlain(ReadOnlySpan<byte> row, int channels, LinearWeights columns, Span<short> line)
    {
        for (int x = 0, to = 0; x < columns.Starts.Length; x++)
        {
            var from = columns.Starts[x] * channels;
            for (var c = 0; c < channels; c++, from++, to++)
                line[to] = (short)((row[from] * columns.Weights[x * 2] + row[from + channels] * columns.Weights[x * 2 + 1]) >> 4);
        }
    }

    /// <summary>A pixel and its right neighbour in one load: r0 r1 g0 g1 b0 b1 as words, times a0 a1 in turns, added in pairs.</summary>
    private static void StretchColour(ReadOnlySpan<byte> row, int sourceWidth, LinearWeights columns, Span<short> line)
    {
        var pairs = Vector128.Create(0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255).AsByte();
        var width = columns.Starts.Length;
        // Bounds: a start is at most sourceWidth - 2, so eight bytes from it end two bytes behind the row at most (ReadMargin);
        // the last store ends one value behind the line (WriteMargin).
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, sourceWidth * 3 + 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(line.Length, width * 3 + 1);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(line);
        ref var starts = ref MemoryMarshal.GetArrayDataReference(columns.Starts);
        ref var weights = ref Unsafe.As<short, int>(ref MemoryMarshal.GetArrayDataReference(columns.Weights));
        for (var x = 0; x < width; x++)
        {
            var bytes = Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref from, Unsafe.Add(ref starts, x) * 3));
            var words = Ssse3.Shuffle(Vector128.CreateScalarUnsafe(bytes).AsByte(), pairs).AsInt16();
            var sums = Sse2.MultiplyAddAdjacent(words, Vector128.Create(Unsafe.Add(ref weights, x)).AsInt16()) >> 4;
            var packed = Sse2.PackSignedSaturate(sums, sums).AsInt64().ToScalar();
            Unsafe.WriteUnaligned(ref Unsafe.As<short, byte>(ref Unsafe.Add(ref to, x * 3)), packed);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> BlendSixteen(
        ref short from0, ref short from1, int i, Vector256<short> weight0, Vector256<short> weight1, Vector256<short> two)
    {
        var upper = Avx2.MultiplyHigh(Vector256.LoadUnsafe(ref from0, (nuint)i), weight0);
        var lower = Avx2.MultiplyHigh(Vector256.LoadUnsafe(ref from1, (nuint)i), weight1);
        return (upper + lower + two) >> 2;
    }
}
