namespace SockSort.Imaging.Kernels;

/// <summary>How 8-bit values become the numbers that a network reads: <c>(value - Mean) / Scale</c>, a plane a colour.</summary>
/// <param name="Mean">Taken off each value of 0..255.</param>
/// <param name="Scale">What the difference is divided by; not 0.</param>
/// <param name="BlueFirst">Planes in the order blue, green, red, as OpenCV's.</param>
public sealed record PixelScaling(ChannelValues Mean, ChannelValues Scale, bool BlueFirst = false)
{
    /// <summary>The backbone's own: <c>(value - 127) / 128</c>, red first. Source: EfficientNet-Lite's preprocessing.</summary>
    public static PixelScaling Default { get; } = new(127f, 128f);
}
