using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// What is knitted into the strip of a sock: <see cref="SockShape.TubeWidth"/> x <see cref="SockShape.TubeLength"/>, cuff at the top.
/// </summary>
internal static class Patterns
{
    private const float Wide = SockShape.TubeWidth;
    private const float Long = SockShape.TubeLength;

    private static readonly string[] RainbowYarns = ["E0453A", "F08A33", "F2C53D", "4FA65B", "3B7FC4", "7A4FA3"];
    private static readonly string[] ConfettiYarns = ["F7C548", "EE5E6B", "4CC3B0", "6FA8F0", "F2F0E8"];

    public static void Plain(SKCanvas canvas, SockColours colours) => canvas.Clear(colours.Body);

    public static void WideStripes(SKCanvas canvas, SockColours colours) => Stripes(canvas, colours, every: 76, thick: 38);

    public static void NarrowStripes(SKCanvas canvas, SockColours colours) => Stripes(canvas, colours, every: 30, thick: 11);

    public static void OneRing(SKCanvas canvas, SockColours colours) => Rings(canvas, colours, 132);

    public static void TwoRings(SKCanvas canvas, SockColours colours) => Rings(canvas, colours, 132, 164);

    public static void Rainbow(SKCanvas canvas, SockColours colours)
    {
        canvas.Clear(colours.Body);
        for (var stripe = 0; stripe * 30 < Long; stripe++)
            Band(canvas, SKColor.Parse(RainbowYarns[stripe % RainbowYarns.Length]), stripe * 30, 24);
    }

    public static void Dots(SKCanvas canvas, SockColours colours)
    {
        using var yarn = Yarn(colours.First);
        canvas.Clear(colours.Body);
        foreach (var (x, y, _) in Lattice(70, 58))
            canvas.DrawCircle(x, y, 19, yarn);
    }

    public static void Confetti(SKCanvas canvas, SockColours colours)
    {
        // The same throw for every sock of this design: its dots do not depend on the seed, only its colours do.
        var dice = new Dice(7, 7);
        canvas.Clear(colours.Body);
        for (var dot = 0; dot < 330; dot++)
        {
            using var yarn = Yarn(SKColor.Parse(dice.Pick(ConfettiYarns)));
            canvas.DrawCircle(dice.Between(0, Wide), dice.Between(0, Long), dice.Between(4, 8), yarn);
        }
    }

    public static void Argyle(SKCanvas canvas, SockColours colours)
    {
        using var yarn = Yarn(colours.First);
        using var thread = Yarn(colours.Second, stroke: 3);
        canvas.Clear(colours.Body);
        foreach (var (x, y, odd) in Lattice(92, 68))
        {
            if (odd)
                DrawDiamond(canvas, x, y, yarn);
        }
        foreach (var (x, y, odd) in Lattice(92, 68))
        {
            var (aside, below) = odd ? (46, 0) : (0, 68);
            DrawDiamond(canvas, x + aside, y + below, thread);
        }
    }

    public static void Checks(SKCanvas canvas, SockColours colours)
    {
        using var yarn = Yarn(colours.First.WithAlpha(150));
        using var thread = Yarn(colours.Second.WithAlpha(200), stroke: 4);
        canvas.Clear(colours.Body);
        for (float x = -10; x < Wide; x += 60)
            canvas.DrawRect(x, 0, 30, Long, yarn);
        for (float y = 0; y < Long; y += 60)
            canvas.DrawRect(0, y, Wide, 30, yarn);
        for (float y = 45; y < Long; y += 60)
            canvas.DrawLine(0, y, Wide, y, thread);
    }

    public static void Hearts(SKCanvas canvas, SockColours colours) =>
        Motifs(canvas, colours, 78, 66, 0, "M0 -9 C-8 -26 -32 -20 -28 0 C-26 12 -10 20 0 30 C10 20 26 12 28 0 C32 -20 8 -26 0 -9 Z");

    public static void Stars(SKCanvas canvas, SockColours colours) =>
        Motifs(canvas, colours, 80, 62, 18, "M0 -27 L7 -9 L26 -8 L11 4 L16 23 L0 12 L-16 23 L-11 4 L-26 -8 L-7 -9 Z");

    public static void Bananas(SKCanvas canvas, SockColours colours)
    {
        Motifs(
            canvas, colours, 88, 72, 55, "M-34 -10 C-22 26 18 30 36 0 C40 -6 36 -12 30 -8 C12 8 -10 6 -24 -16 C-30 -22 -36 -18 -34 -10 Z");
        using var tip = Yarn(colours.Second);
        foreach (var (x, y, odd) in Lattice(88, 72))
            At(canvas, x, y, odd ? 55 : -55, () => canvas.DrawCircle(-30, -17, 5, tip));
    }

    public static void Badge(SKCanvas canvas, SockColours colours)
    {
        canvas.Clear(colours.Body);
        Rings(canvas, colours, 124);
        using var ground = Yarn(colours.First);
        using var mark = Yarn(colours.Second);
        using var rim = Yarn(colours.Second, stroke: 7);
        using var arrow = SKPath.ParseSvgPathData("M0 -36 L32 26 L0 10 L-32 26 Z");
        canvas.DrawCircle(108, 262, 62, ground);
        canvas.DrawCircle(108, 262, 52, rim);
        At(canvas, 108, 262, 0, () => canvas.DrawPath(arrow, mark));
    }

    public static void Zigzag(SKCanvas canvas, SockColours colours)
    {
        canvas.Clear(colours.Body);
        for (float y = -20; y < Long + 40; y += 88)
        {
            Line(canvas, colours.First, y, 26, sharp: true);
            Line(canvas, colours.Second, y + 36, 12, sharp: true);
        }
    }

    public static void Waves(SKCanvas canvas, SockColours colours)
    {
        canvas.Clear(colours.Body);
        for (float y = -20; y < Long + 40; y += 64)
        {
            Line(canvas, colours.First, y, 20, sharp: false);
            Line(canvas, colours.Second, y + 26, 8, sharp: false);
        }
    }

    private static void Stripes(SKCanvas canvas, SockColours colours, float every, float thick)
    {
        canvas.Clear(colours.Body);
        for (var y = every; y < Long; y += every)
            Band(canvas, colours.First, y, thick);
    }

    private static void Rings(SKCanvas canvas, SockColours colours, params ReadOnlySpan<float> tops)
    {
        canvas.Clear(colours.Body);
        foreach (var top in tops)
            Band(canvas, colours.First, top, 13);
    }

    private static void Band(SKCanvas canvas, SKColor colour, float top, float thick)
    {
        using var yarn = Yarn(colour);
        canvas.DrawRect(0, top, Wide, thick, yarn);
    }

    private static void Line(SKCanvas canvas, SKColor colour, float y, float thick, bool sharp)
    {
        using var yarn = Yarn(colour, thick);
        using var path = new SKPath();
        path.MoveTo(-26, y);
        for (float x = -26, side = 1; x < Wide + 26; x += 34, side = -side)
        {
            if (sharp)
                path.LineTo(x + 34, y + (side > 0 ? 34 : 0));
            else
                path.QuadTo(x + 17, y + (side * 26), x + 34, y);
        }
        canvas.DrawPath(path, yarn);
    }

    private static void Motifs(SKCanvas canvas, SockColours colours, float wide, float high, float turn, string motif)
    {
        using var yarn = Yarn(colours.First);
        using var path = SKPath.ParseSvgPathData(motif);
        canvas.Clear(colours.Body);
        foreach (var (x, y, odd) in Lattice(wide, high))
            At(canvas, x, y, odd ? turn : -turn, () => canvas.DrawPath(path, yarn));
    }

    /// <summary>Places in rows, every other row moved by half a step.</summary>
    private static IEnumerable<(float X, float Y, bool Odd)> Lattice(float wide, float high)
    {
        for (var row = 0; row * high < Long + high; row++)
        {
            for (var x = -wide + (row % 2 * wide / 2) + 18; x < Wide + wide; x += wide)
                yield return (x, row * high, row % 2 == 1);
        }
    }

    private static void DrawDiamond(SKCanvas canvas, float x, float y, SKPaint paint)
    {
        using var path = SKPath.ParseSvgPathData("M0 -66 L45 0 L0 66 L-45 0 Z");
        path.Offset(x, y);
        canvas.DrawPath(path, paint);
    }

    private static void At(SKCanvas canvas, float x, float y, float degrees, Action draw)
    {
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(degrees);
        draw();
        canvas.Restore();
    }

    private static SKPaint Yarn(SKColor colour, float stroke = 0) =>
        new() { Color = colour, IsAntialias = true, Style = stroke > 0 ? SKPaintStyle.Stroke : SKPaintStyle.Fill, StrokeWidth = stroke };
}
