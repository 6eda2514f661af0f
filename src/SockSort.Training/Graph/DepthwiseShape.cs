namespace SockSort.Training.Graph;

/// <summary>The sizes of a depthwise convolution.</summary>
internal sealed record DepthwiseShape(
    int Images, int Height, int Width, int Channels, int OutHeight, int OutWidth, int KernelY, int KernelX, int StrideY, int StrideX,
    int Above, int Left)
{
    /// <summary>Places of the window.</summary>
    public int Taps => KernelY * KernelX;

    /// <summary>
    /// Rows of the output whose window has, at a tap, a row of the input under it, and how far that row lies from theirs.
    /// </summary>
    public (int First, int End, int Shift) RowsOf(int tap) => Range(tap / KernelX - Above, StrideY, Height, OutHeight);

    /// <summary>Does across what <see cref="RowsOf"/> does downwards.</summary>
    public (int First, int End, int Shift) ColumnsOf(int tap) => Range(tap % KernelX - Left, StrideX, Width, OutWidth);

    /// <exception cref="ArgumentException">A tensor has another size.</exception>
    public void Require(int input, int output, int weight, int bias)
    {
        if (input != Images * Height * Width * Channels || output != Images * OutHeight * OutWidth * Channels || weight != Channels * Taps
            || bias != Channels)
            throw new ArgumentException($"{input}, {output}, {weight} and {bias} numbers do not fit {this}");
    }

    private static (int First, int End, int Shift) Range(int shift, int stride, int length, int count)
    {
        // first * stride + shift >= 0 and (end - 1) * stride + shift < length
        var first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        var end = length - shift <= 0 ? 0 : Math.Min(count, (length - shift + stride - 1) / stride);
        return (first, Math.Max(first, end), shift);
    }
}
