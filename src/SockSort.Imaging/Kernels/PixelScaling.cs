namespace SockSort.Imaging.Kernels;

/// <summary>How 8-bit values become the numbers that a network reads: <c>(value - mean) / scale</c>, a plane a colour.</summary>
/// <param name="mean">Taken off each value of 0..255.</param>
/// <param name="scale">What the difference is divided by; not 0.</param>
/// <param name="blueFirst">Planes in the order blue, green, red, as OpenCV's.</param>
public sealed class PixelScaling(ChannelValues mean, ChannelValues scale, bool blueFirst = false)
{
    /// <summary>The backbone's own: <c>(value - 127) / 128</c>, red first. Source: EfficientNet-Lite's preprocessing.</summary>
    public static PixelScaling Default { get; } = new(127f, 128f);

    public ChannelValues Mean => mean;

    public ChannelValues Scale => scale;

    public bool BlueFirst => blueFirst;

    // There are but 256 values a colour: a look-up is faster than a division, and as exact.
    internal float[] Reds { get; } = Table(mean.Red, scale.Red);

    internal float[] Greens { get; } = Table(mean.Green, scale.Green);

    internal float[] Blues { get; } = Table(mean.Blue, scale.Blue);

    private static float[] Table(float mean, float scale) => [.. Enumerable.Range(0, 256).Select(value => (value - mean) / scale)];
}
