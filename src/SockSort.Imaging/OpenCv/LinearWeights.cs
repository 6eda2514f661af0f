namespace SockSort.Imaging.OpenCv;

/// <summary>Where each target pixel lies between two source pixels, by the rules of OpenCV's <c>INTER_LINEAR</c>.</summary>
internal sealed class LinearWeights
{
    /// <summary>OpenCV: 11 bits after the point.</summary>
    public const int One = 2048;

    private int _source;
    private int _target;
    private bool _clamped;

    /// <summary>
    /// The left (upper) source pixel for each target pixel. Columns: 0 .. source - 2 (0 if there is one only); rows: may be -1.
    /// </summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Weights of the left and of the right pixel, in turns, as shares of <see cref="One"/>.</summary>
    public short[] Weights { get; private set; } = [];

    /// <summary>The share of the right pixel for pictures of 16 bits; from a position that was not rounded to float32 before.</summary>
    public float[] Fractions { get; private set; } = [];

    /// <param name="source">Pixels of the source, at least 1.</param>
    /// <param name="target">Pixels of the target, at least 1.</param>
    /// <param name="clamp">Columns are clamped to the source here; rows are clamped when they are read, with their weights kept.</param>
    public void Set(int source, int target, bool clamp)
    {
        if ((source, target, clamp) == (_source, _target, _clamped))
            return;
        (_source, _target, _clamped) = (source, target, clamp);
        Starts = new int[target];
        Weights = new short[target * 2];
        Fractions = new float[target];
        // As OpenCV rounds it: the inverse of the inverse.
        var scale = 1 / ((double)target / source);
        for (var i = 0; i < target; i++)
            SetOne(i, (i + 0.5) * scale - 0.5);
    }

    private void SetOne(int i, double exact)
    {
        var position = (float)exact;
        var start = (int)MathF.Floor(position);
        var fraction = position - start;
        var exactFraction = (float)(exact - start);
        if (_clamped)
        {
            if (start < 0)
                exactFraction = 0;
            else if (start >= _source - 1)
                exactFraction = 1;
            Clamp(ref start, ref fraction);
        }
        Starts[i] = start;
        Fractions[i] = exactFraction;
        Weights[i * 2] = (short)MathF.Round((1 - fraction) * One);
        Weights[i * 2 + 1] = (short)MathF.Round(fraction * One);
    }

    /// <summary>The last pixel is reached as the right one of the last pair, so that a pair can always be loaded.</summary>
    private void Clamp(ref int start, ref float fraction)
    {
        if (start < 0)
            (start, fraction) = (0, 0);
        else if (start >= _source - 1)
            (start, fraction) = _source == 1 ? (0, 0) : (_source - 2, 1);
    }
}
