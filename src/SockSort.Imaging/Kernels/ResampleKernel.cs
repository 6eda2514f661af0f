using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SockSort.Imaging.Kernels;

/// <summary>The two passes of a separable resampling of interleaved RGB, bit for bit as Pillow's for 8-bit pictures.</summary>
internal static class ResampleKernel
{
    private const int Half = 1 << (ResamplingWeights.FractionBits - 1);

    /// <summary>
    /// Bytes that a row must be readable beyond its last pixel: four pixels are read as 16 bytes, and there may be three too many.
    /// </summary>
    public const int Overread = 3 * 3 + 4;

    // Of 16 bytes from a pixel on, the same colour of pixels 0 and 1 side by side as 16-bit numbers; in the upper half of 2 and 3.
    private static readonly Vector256<byte> Pairs = Vector256.Create(
        (byte)0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255,
        6, 255, 9, 255, 7, 255, 10, 255, 8, 255, 11, 255, 255, 255, 255, 255);

    // Of 12 bytes from a pixel on, the reds of four pixels side by side, then the greens, then the blues; of two rows.
    private static readonly Vector256<byte> ByColour = Vector256.Create(
        (byte)0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 255, 255, 255, 255,
        0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 255, 255, 255, 255);

    // The lowest byte of each of four numbers.
    private static readonly Vector128<byte> LowestBytes = Vector128.Create(
        (byte)0, 4, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);

    /// <param name="row">One input row, R G B interleaved, followed by <see cref="Overread"/> bytes of any value.</param>
    /// <param name="weights">Of the horizontal axis.</param>
    /// <param name="target">Receives <c>target.Length / 3</c> pixels.</param>
    public static void Horizontal(ReadOnlySpan<byte> row, ResamplingWeights weights, Span<byte> target)
    {
        if (Avx2.IsSupported)
            HorizontalByFours(row, weights, target);
        else
            HorizontalByOnes(row, weights, target);
    }

    /// <summary>Whether <see cref="HorizontalFour"/> can be used here.</summary>
    public static bool TakesFourRows => AvxVnni.IsSupported;

    /// <summary>
    /// Four rows at once, as <see cref="Horizontal"/> each: one instruction adds four products of a byte and a weight's digit.
    /// </summary>
    /// <param name="rows">The first row; the others follow at once, the last with <see cref="Overread"/> bytes behind it.</param>
    /// <param name="weights">Of the horizontal axis.</param>
    /// <param name="target">Receives four rows, one behind the other.</param>
    public static unsafe void HorizontalFour(ReadOnlySpan<byte> rows, ResamplingWeights weights, Span<byte> target)
    {
        nint stride = weights.From * 3, length = weights.To * 3;
        // Proves the bounds of all that is read and written below: weights reach no pixel behind a row's last, but for the three that fill
        // up four.
        rows = rows[..(int)(4 * stride + Overread)];
        target = target[..(int)(4 * length)];
        fixed (byte* firstRow = rows, firstTarget = target)
        fixed (int* first = weights.Firsts, group = weights.FirstGroups)
        fixed (sbyte* digits = weights.Digits)
        {
            var digit = digits;
            for (var x = 0; x < weights.To; x++)
            {
                var pixel = firstRow + first[x] * 3;
                Vector256<int> upperLast =
                    default, upperMiddle = default, upperFirst = default, lowerLast = default, lowerMiddle = default, lowerFirst = default;
                for (var end = digits + group[
                    x + 1] * ResamplingWeights.GroupDigits; digit < end; digit += ResamplingWeights.GroupDigits, pixel += 12)
                {
                    var (lastDigits, middleDigits, firstDigits) = (FourOf(digit), FourOf(digit + 4), FourOf(digit + 8));
                    var (upper, lower) = (ColoursOf(pixel, pixel + stride), ColoursOf(pixel + 2 * stride, pixel + 3 * stride));
                    upperLast = AvxVnni.MultiplyWideningAndAdd(upperLast, upper, lastDigits);
                    upperMiddle = AvxVnni.MultiplyWideningAndAdd(upperMiddle, upper, middleDigits);
                    upperFirst = AvxVnni.MultiplyWideningAndAdd(upperFirst, upper, firstDigits);
                    lowerLast = AvxVnni.MultiplyWideningAndAdd(lowerLast, lower, lastDigits);
                    lowerMiddle = AvxVnni.MultiplyWideningAndAdd(lowerMiddle, lower, middleDigits);
                    lowerFirst = AvxVnni.MultiplyWideningAndAdd(lowerFirst, lower, firstDigits);
                }
                // In a lane of 16 bytes: the first and the third row's bytes; in the other the second and the fourth's.
                var both = Avx2.PackSignedSaturate(Sum(upperFirst, upperMiddle, upperLast), Sum(lowerFirst, lowerMiddle, lowerLast));
                var bytes = Avx2.PackUnsignedSaturate(both, both).AsUInt32();
                var to = firstTarget + x * 3;
                // Four bytes at once where the next pixel is yet to be written; the fourth is then written over.
                if (x < weights.To - 1)
                    (*(uint*)to, *(uint*)(to + length), *(uint*)(to + 2 * length), *(uint*)(to + 3 * length)) =
                        (bytes[0], bytes[4], bytes[1], bytes[5]);
                else
                    StoreLast(bytes, to, length);
            }
        }
    }

    /// <summary>
    /// Two rows at once, as <see cref="Horizontal"/> each: they share the weights, which makes the whole preparation a quarter faster.
    /// </summary>
    public static void HorizontalPair(
        ReadOnlySpan<byte> upperRow, ReadOnlySpan<byte> lowerRow, ResamplingWeights weights, Span<byte> upperTarget, Span<byte> lowerTarget)
    {
        if (!Avx2.IsSupported)
        {
            HorizontalByOnes(upperRow, weights, upperTarget);
            HorizontalByOnes(lowerRow, weights, lowerTarget);
            return;
        }
        for (var x = 0; x < upperTarget.Length / 3; x++)
        {
            var groups = MemoryMarshal.Cast<short, Vector256<short>>(weights.GroupsOf(x));
            var (from, lengthBytes) = (weights.First(x) * 3, groups.Length / 2 * 12 + 4);
            // Proves the bounds of the unsafe reads, as in HorizontalByFours.
            ref var upper = ref MemoryMarshal.GetReference(upperRow.Slice(from, lengthBytes));
            ref var lower = ref MemoryMarshal.GetReference(lowerRow.Slice(from, lengthBytes));
            Vector256<int> upperHigh = default, upperLow = default, lowerHigh = default, lowerLow = default;
            for (var group = 0; group < groups.Length; group += 2)
            {
                var (high, low) = (groups[group], groups[group + 1]);
                var pairs = PairsAt(ref Unsafe.Add(ref upper, group * 6));
                upperHigh += Avx2.MultiplyAddAdjacent(pairs, high);
                upperLow += Avx2.MultiplyAddAdjacent(pairs, low);
                pairs = PairsAt(ref Unsafe.Add(ref lower, group * 6));
                lowerHigh += Avx2.MultiplyAddAdjacent(pairs, high);
                lowerLow += Avx2.MultiplyAddAdjacent(pairs, low);
            }
            Store(Sum(upperHigh, upperLow), upperTarget[(x * 3)..]);
            Store(Sum(lowerHigh, lowerLow), lowerTarget[(x * 3)..]);
        }
    }

    /// <param name="rows">
    /// The input rows that <paramref name="share"/> weighs, one behind the other, each as long as <paramref name="target"/>.
    /// </param>
    /// <param name="share">One fixed-point weight a row.</param>
    /// <param name="target">Receives one row.</param>
    public static void Vertical(ReadOnlySpan<byte> rows, ReadOnlySpan<int> share, Span<byte> target)
    {
        var length = target.Length;
        var x = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; x <= length - Vector512<byte>.Count; x += Vector512<byte>.Count)
                WideVerticalBlock(rows, share, length, x).CopyTo(target[x..]);
        }
        for (; x <= length - Vector256<byte>.Count; x += Vector256<byte>.Count)
            VerticalBlock(rows, share, length, x).CopyTo(target[x..]);
        for (; x < length; x++)
        {
            var sum = Half;
            for (var k = 0; k < share.Length; k++)
                sum += rows[k * length + x] * share[k];
            target[x] = Clip(sum >> ResamplingWeights.FractionBits);
        }
    }

    /// <summary>
    /// Upper and lower parts of the weights are summed apart, by 16-bit products of two pixels at once, and put together: the sum is the
    /// same, in a third of the time.
    /// </summary>
    internal static void HorizontalByFours(ReadOnlySpan<byte> row, ResamplingWeights weights, Span<byte> target)
    {
        for (var x = 0; x < target.Length / 3; x++)
        {
            var groups = MemoryMarshal.Cast<short, Vector256<short>>(weights.GroupsOf(x));
            // Proves the bounds of the unsafe reads below: 12 bytes a group, and the last is read as 16.
            ref var pixel = ref MemoryMarshal.GetReference(row.Slice(weights.First(x) * 3, groups.Length / 2 * 12 + 4));
            Vector256<int> upper = default, lower = default;
            for (var group = 0; group < groups.Length; group += 2)
            {
                var pairs = PairsAt(ref Unsafe.Add(ref pixel, group * 6));
                upper += Avx2.MultiplyAddAdjacent(pairs, groups[group]);
                lower += Avx2.MultiplyAddAdjacent(pairs, groups[group + 1]);
            }
            Store(Sum(upper, lower), target[(x * 3)..]);
        }
    }

    /// <summary>The form for processors without AVX2; it gives the same bytes.</summary>
    internal static void HorizontalByOnes(ReadOnlySpan<byte> row, ResamplingWeights weights, Span<byte> target)
    {
        for (var x = 0; x < target.Length / 3; x++)
        {
            var share = weights.Of(x);
            // Proves the bounds of the unsafe reads below: 3 bytes a pixel and one more.
            ref var pixel = ref MemoryMarshal.GetReference(row.Slice(weights.First(x) * 3, share.Length * 3 + 1));
            var sum = Vector128.Create(Half);
            for (var k = 0; k < share.Length; k++)
            {
                var rgb = Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixel, k * 3))).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(rgb)).AsInt32() * share[k];
            }
            Store(sum >> ResamplingWeights.FractionBits, target[(x * 3)..]);
        }
    }

    /// <summary>Four pixels from here on, read as 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> PairsAt(ref byte pixel)
    {
        var bytes = Unsafe.ReadUnaligned<Vector128<byte>>(ref pixel);
        return Avx2.Shuffle(Vector256.Create(bytes, bytes), Pairs).AsInt16();
    }

    /// <summary>Four pixels of each of two rows, read as 16 bytes each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<byte> ColoursOf(byte* upper, byte* lower) =>
        Avx2.Shuffle(Vector256.Create(Vector128.Load(upper), Vector128.Load(lower)), ByColour);

    /// <summary>One digit of each of four weights, for every colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<sbyte> FourOf(sbyte* digits) => Vector256.Create(Unsafe.ReadUnaligned<int>(digits)).AsSByte();

    private static unsafe void StoreLast(Vector256<uint> bytes, byte* to, nint length)
    {
        ReadOnlySpan<uint> rows = [bytes[0], bytes[4], bytes[1], bytes[5]];
        foreach (var row in rows)
        {
            (to[0], to[1], to[2]) = ((byte)row, (byte)(row >> 8), (byte)(row >> 16));
            to += length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(Vector256<int> first, Vector256<int> middle, Vector256<int> last) =>
        ((((first << 8) + middle) << 8) + last + Vector256.Create(Half)) >> ResamplingWeights.FractionBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Sum(Vector256<int> high, Vector256<int> low)
    {
        var both = (high << ResamplingWeights.LowerBits) + low;
        return (both.GetLower() + both.GetUpper() + Vector128.Create(Half)) >> ResamplingWeights.FractionBits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> rgb, Span<byte> target)
    {
        var clipped = Vector128.Min(Vector128.Max(rgb, Vector128<int>.Zero), Vector128.Create(255));
        Store(Vector128.Shuffle(clipped.AsByte(), LowestBytes).AsUInt32().ToScalar(), target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(uint bytes, Span<byte> target)
    {
        // Four bytes at once where the next pixel is yet to be written; the fourth is then written over.
        if (target.Length >= sizeof(uint))
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(target), bytes);
        else
            (target[0], target[1], target[2]) = ((byte)bytes, (byte)(bytes >> 8), (byte)(bytes >> 16));
    }

    private static Vector256<byte> VerticalBlock(ReadOnlySpan<byte> rows, ReadOnlySpan<int> share, int length, int x)
    {
        Vector256<int> a = Vector256.Create(Half), b = a, c = a, d = a;
        for (var k = 0; k < share.Length; k++)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(rows.Slice(k * length + x, Vector256<byte>.Count)));
            a += Vector256.WidenLower(low).AsInt32() * share[k];
            b += Vector256.WidenUpper(low).AsInt32() * share[k];
            c += Vector256.WidenLower(high).AsInt32() * share[k];
            d += Vector256.WidenUpper(high).AsInt32() * share[k];
        }
        // Overshoot of the cubic fits 16 bits (it stays within a few times 255).
        var lower = Vector256.Narrow(a >> ResamplingWeights.FractionBits, b >> ResamplingWeights.FractionBits);
        var upper = Vector256.Narrow(c >> ResamplingWeights.FractionBits, d >> ResamplingWeights.FractionBits);
        var most = Vector256.Create((short)255);
        return Vector256.Narrow(
            Vector256.Min(Vector256.Max(lower, Vector256<short>.Zero), most).AsUInt16(),
            Vector256.Min(Vector256.Max(upper, Vector256<short>.Zero), most).AsUInt16());
    }

    private static Vector512<byte> WideVerticalBlock(ReadOnlySpan<byte> rows, ReadOnlySpan<int> share, int length, int x)
    {
        Vector512<int> a = Vector512.Create(Half), b = a, c = a, d = a;
        for (var k = 0; k < share.Length; k++)
        {
            var (low, high) = Vector512.Widen(Vector512.Create(rows.Slice(k * length + x, Vector512<byte>.Count)));
            a += Vector512.WidenLower(low).AsInt32() * share[k];
            b += Vector512.WidenUpper(low).AsInt32() * share[k];
            c += Vector512.WidenLower(high).AsInt32() * share[k];
            d += Vector512.WidenUpper(high).AsInt32() * share[k];
        }
        // As above: the overshoot fits 16 bits.
        var lower = Vector512.Narrow(a >> ResamplingWeights.FractionBits, b >> ResamplingWeights.FractionBits);
        var upper = Vector512.Narrow(c >> ResamplingWeights.FractionBits, d >> ResamplingWeights.FractionBits);
        var most = Vector512.Create((short)255);
        return Vector512.Narrow(
            Vector512.Min(Vector512.Max(lower, Vector512<short>.Zero), most).AsUInt16(),
            Vector512.Min(Vector512.Max(upper, Vector512<short>.Zero), most).AsUInt16());
    }

    private static byte Clip(int value) => (byte)Math.Clamp(value, 0, 255);
}
