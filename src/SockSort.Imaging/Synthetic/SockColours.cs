using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>What one sock is knitted from: its ground, two yarns of the pattern, and the ends (cuff, heel and toe).</summary>
internal sealed record SockColours(SKColor Body, SKColor First, SKColor Second, SKColor Ends)
{
    /// <param name="palette">Four colours as <c>RRGGBB</c>, parted by blanks: body, first, second, ends.</param>
    public static SockColours Parse(string palette)
    {
        var colours = palette.Split(' ').Select(SKColor.Parse).ToArray();
        return new SockColours(colours[0], colours[1], colours[2], colours[3]);
    }

    /// <summary>
    /// The same palette as another dyer would have made it: hue within 7 degrees, saturation and lightness within 5 points.
    /// </summary>
    public SockColours Dye(Dice dice)
    {
        float hue = dice.Between(-7, 7), saturation = dice.Between(-5, 5), lightness = dice.Between(-4, 4);
        return new SockColours(Shift(Body), Shift(First), Shift(Second), Shift(Ends));

        SKColor Shift(SKColor colour)
        {
            colour.ToHsl(out var h, out var s, out var l);
            var grey = s < 6;
            return SKColor.FromHsl((h + hue + 360) % 360, grey ? s : Math.Clamp(s + saturation, 0, 100), Math.Clamp(l + lightness, 4, 97));
        }
    }
}
