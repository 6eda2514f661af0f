using System.Text.Json.Serialization;
using SockSort.Imaging.Kernels;

namespace SockSort.Models.Package;

/// <summary>The one preprocessing, spelt out for other programs.</summary>
public sealed record ModelInput
{
    public const string RedFirst = "RGB";
    public const string BlueFirst = "BGR";
    private const string OnlyFit = "stretch";
    private const string OnlyResampling = "bicubic";
    private const int SmallestSize = 32;
    private const int LargestSize = 1024;

    /// <summary>S: width and height in pixels, 32 to 1024.</summary>
    public required int Size { get; init; }

    /// <summary>How a picture comes to S x S; <c>stretch</c> = the whole picture, aspect not kept.</summary>
    public string Fit { get; init; } = OnlyFit;

    /// <summary>The filter of the stretching; <c>bicubic</c> = a = -0.5, antialiased, 8-bit fixed point, as Pillow's.</summary>
    public string Resampling { get; init; } = OnlyResampling;

    /// <summary>Order of the planes: <c>RGB</c> or <c>BGR</c>.</summary>
    public string ColourOrder { get; init; } = RedFirst;

    /// <summary>Taken off each value of 0..255; one number, or three for red, green, blue.</summary>
    [JsonConverter(typeof(ChannelValuesJson))]
    public ChannelValues Mean { get; init; } = PixelScaling.Default.Mean;

    /// <summary>What the difference is divided by; above 0; one number, or three for red, green, blue.</summary>
    [JsonConverter(typeof(ChannelValuesJson))]
    public ChannelValues Scale { get; init; } = PixelScaling.Default.Scale;

    /// <summary>What makes a picture into this input.</summary>
    public Preprocessor CreatePreprocessor() => new(Size, new PixelScaling(Mean, Scale, ColourOrder == BlueFirst));

    /// <returns>What this version cannot follow; null where it can.</returns>
    internal string? FindProblem()
    {
        if (Size is < SmallestSize or > LargestSize)
            return $"input size {Size} is out of range, expected {SmallestSize} to {LargestSize}";
        if (Fit != OnlyFit || Resampling != OnlyResampling)
            return $"fit '{Fit}' with resampling '{Resampling}' is not how this version prepares a picture ('{OnlyFit}' "
                + $"with '{OnlyResampling}')";
        if (ColourOrder is not (RedFirst or BlueFirst))
            return $"colour order '{ColourOrder}' is unknown, expected {RedFirst} or {BlueFirst}";
        if (!AreFinite(Mean) || !AreFinite(Scale) || Scale is { Red: <= 0 } or { Green: <= 0 } or { Blue: <= 0 })
            return $"mean {Mean} and scale {Scale} are no scaling, expected finite numbers and a scale above 0";
        return null;
    }

    private static bool AreFinite(ChannelValues values) =>
        float.IsFinite(values.Red) && float.IsFinite(values.Green) && float.IsFinite(values.Blue);
}
