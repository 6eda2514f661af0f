using SkiaSharp;

namespace SockSort.Imaging.Drawing;

/// <summary>
/// Inter SemiBold, from inside the program. Skia brings no font and looks for none: text drawn with its default vanishes
/// without an error on a machine that has no fonts.
/// </summary>
internal static class LabelFont
{
    private const string Resource = "SockSort.Imaging.Drawing.Fonts.Inter-SemiBold.ttf";

    /// <summary>Shared by all; never disposed of.</summary>
    public static SKTypeface Typeface { get; } = Load();

    private static SKTypeface Load()
    {
        using var stream = typeof(LabelFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is not in {typeof(LabelFont).Assembly.GetName().Name}");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"the resource {Resource} is no font");
    }
}
