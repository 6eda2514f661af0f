namespace SockSort.Imaging.Kernels;

/// <summary>Says for each output pixel of one axis which input pixels count, and how much, in fixed point.</summary>
/// <remarks>Source: Pillow 9.4, <c>src/libImaging/Resample.c</c>, precompute_coeffs and normalize_coeffs_8bpc.</remarks>
internal sealed class ResamplingWeights
{
    /// <summary>Bits behind the point. Pillow: 32 - 8 - 2, so that a sum over 8-bit pixels with overshoot fits 32 bits.</summary>
    public const int FractionBits = 32 - 8 - 2;

    /// <summary>Bits of a lower part; an upper one then fits 16 bits, since no weight reaches 8.</summary>
    public const int LowerBits = 12;

    /// <summary>Numbers of four weights in <see cref="Digits"/>: three digits of base 256 hold a weight, since none reaches 2.</summary>
    public const int GroupDigits = 4 * 3;

    // Numbers of four weights in GroupsOf.
    private const int GroupParts = 32;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights;
    private readonly int _stride;
    private readonly int[] _firstGroup;
    private readonly short[] _groups;
    private readonly sbyte[] _digits;

    /// <param name="from">Pixels of the input axis, at least 1.</param>
    /// <param name="to">Pixels of the output axis, at least 1.</param>
    /// <param name="filter">Widened by <c>from / to</c> where the picture shrinks (antialiasing).</param>
    public ResamplingWeights(int from, int to, ResamplingFilter filter)
    {
        (From, To) = (from, to);
        var scale = (double)from / to;
        var widening = Math.Max(scale, 1.0);
        var support = (filter == ResamplingFilter.Bicubic ? 2.0 : 1.0) * widening;
        _stride = (int)Math.Ceiling(support) * 2 + 1;
        (_first, _count, _weights) = (new int[to], new int[to], new int[to * _stride]);
        var exact = new double[_stride];
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            _first[i] = Math.Max((int)(centre - support + 0.5), 0);
            _count[i] = Math.Min((int)(centre + support + 0.5), from) - _first[i];
            for (var k = 0; k < _count[i]; k++)
                exact[k] = Weight(filter, (k + _first[i] - centre + 0.5) / widening);
            ToFixedPoint(exact.AsSpan(0, _count[i]), _weights.AsSpan(i * _stride));
        }
        (_firstGroup, _groups, _digits) = Group(to);
    }

    /// <summary>Pixels of the input axis.</summary>
    public int From { get; }

    /// <summary>Pixels of the output axis.</summary>
    public int To { get; }

    /// <summary>The first input pixel of output pixel <paramref name="output"/>.</summary>
    public int First(int output) => _first[output];

    /// <summary>Weights of the pixels from <see cref="First"/> on; they add up to about <c>1 &lt;&lt; FractionBits</c>.</summary>
    public ReadOnlySpan<int> Of(int output) => _weights.AsSpan(output * _stride, _count[output]);

    /// <summary>
    /// The weights of <see cref="Of"/> for a kernel that takes four pixels at once: for each four, 16 upper parts (weight / 4096, rounded
    /// down) and then 16 lower parts (the rest, 0..4095). Of 16 parts the first eight are <c>w0 w1 w0 w1 w0 w1 0 0</c>, the others
    /// the same of <c>w2 w3</c>; weights that are not there are 0.
    /// </summary>
    public ReadOnlySpan<short> GroupsOf(int output) =>
        _groups.AsSpan((_firstGroup[output] * GroupParts)..(_firstGroup[output + 1] * GroupParts));

    /// <summary><see cref="First"/> of every output pixel.</summary>
    public ReadOnlySpan<int> Firsts => _first;

    /// <summary>
    /// Where in <see cref="Digits"/> those of an output pixel begin, in groups of four weights; one more: where the last one's end.
    /// </summary>
    public ReadOnlySpan<int> FirstGroups => _firstGroup;

    /// <summary>
    /// The weights of all output pixels for a kernel that sums products of bytes: for each four their digits of base 256, each -128..127:
    /// four last ones, four middle ones, four first ones; <c>weight = first * 65536 + middle * 256 + last</c>. Weights that are not there
    /// are 0.
    /// </summary>
    public ReadOnlySpan<sbyte> Digits => _digits;

    private (int[] First, short[] Groups, sbyte[] Digits) Group(int to)
    {
        var (first, groups, digits) = (new int[to + 1], new List<short>(), new List<sbyte>());
        for (var output = 0; output < to; output++)
        {
            var share = Of(output);
            for (var k = 0; k < share.Length; k += 4)
            {
                int[] four = [share[k], At(share, k + 1), At(share, k + 2), At(share, k + 3)];
                groups.AddRange(Parts(four, weight => weight >> LowerBits));
                groups.AddRange(Parts(four, weight => weight & ((1 << LowerBits) - 1)));
                digits.AddRange(ToDigits(four));
            }
            first[output + 1] = digits.Count / GroupDigits;
        }
        return (first, [.. groups], [.. digits]);

        static int At(ReadOnlySpan<int> share, int k) => k < share.Length ? share[k] : 0;
    }

    private static IEnumerable<sbyte> ToDigits(int[] four)
    {
        var rest = four;
        for (var digit = 0; digit < 3; digit++)
        {
            foreach (var weight in rest)
                yield return unchecked((sbyte)weight);
            rest = [.. rest.Select(weight => (weight - unchecked((sbyte)weight)) >> 8)];
        }
    }

    private static short[] Parts(int[] four, Func<int, int> part)
    {
        short[] parts = [.. four.Select(weight => (short)part(weight))];
        var (a, b, c, d) = (parts[0], parts[1], parts[2], parts[3]);
        return [a, b, a, b, a, b, 0, 0, c, d, c, d, c, d, 0, 0];
    }

    private static double Weight(ResamplingFilter filter, double x)
    {
        x = Math.Abs(x);
        if (filter == ResamplingFilter.Bilinear)
            return x < 1 ? 1 - x : 0;
        const double A = -0.5;
        return x switch
        {
            < 1 => ((A + 2) * x - (A + 3)) * x * x + 1,
            < 2 => (((x - 5) * x + 8) * x - 4) * A,
            _ => 0,
        };
    }

    private static void ToFixedPoint(ReadOnlySpan<double> exact, Span<int> weights)
    {
        var sum = 0.0;
        foreach (var weight in exact)
            sum += weight;
        for (var k = 0; k < exact.Length; k++)
        {
            var share = sum == 0 ? exact[k] : exact[k] / sum;
            weights[k] = (int)(share * (1 << FractionBits) + (share < 0 ? -0.5 : 0.5));
        }
    }
}
