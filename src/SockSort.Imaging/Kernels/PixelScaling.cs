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
}
