namespace SockSort.Imaging.Drawing;

/// <summary>Between the three bytes a pixel of a <see cref="Frame"/> and the four that Skia draws on.</summary>
internal static class Rgba
{
    /// <summary>Copies as many pixels as both hold; alpha becomes 255.</summary>
    public static void FromRgb(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (int from = 0, to = 0; from + 2 < rgb.Length && to + 3 < rgba.Length; from += 3, to += 4)
        {
            rgba[to] = rgb[from];
            rgba[to + 1] = rgb[from + 1];
            rgba[to + 2] = rgb[from + 2];
            rgba[to + 3] = 255;
        }
    }

    /// <summary>Copies as many pixels as both hold; alpha is left out.</summary>
    public static void ToRgb(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int from = 0, to = 0; to + 2 < rgb.Length && from + 2 < rgba.Length; from += 4, to += 3)
        {
            rgb[to] = rgba[from];
            rgb[to + 1] = rgba[from + 1];
            rgb[to + 2] = rgba[from + 2];
        }
    }
}
