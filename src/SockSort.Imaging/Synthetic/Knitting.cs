using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>What makes a flat pattern look like wool: stitches, ribs, folds at the ankle and the roundness of the edges.</summary>
internal static class Knitting
{
    private const int StitchWidth = 9;
    private const int StitchHeight = 8;

    /// <summary>Paints a strip to multiply by: stitches, of wool that is not even.</summary>
    public static void Paint(SKCanvas strip)
    {
        strip.Clear(SKColors.White);
        using var stitches = new SKPaint { Shader = Stitches() };
        strip.DrawPaint(stitches);
        using var yarn = new SKPaint
        {
            BlendMode = SKBlendMode.Multiply,
            Shader = Noise.Clouds(0.035f, 0.02f, 3, seed: 5, SKColor.Parse("EAEAEA"), SKColors.White),
        };
        strip.DrawPaint(yarn);
    }

    /// <summary>Upright ribs on the cuff, with the light edge that it ends in.</summary>
    public static void PaintRibs(SKCanvas canvas)
    {
        using var cuff = SockShape.Cuff();
        using var dark = new SKPaint { Color = SKColors.Black.WithAlpha(52), StrokeWidth = 4, IsAntialias = true, MaskFilter = Blur(1.2f) };
        using var seam = new SKPaint
        {
            Color = SKColors.Black.WithAlpha(70),
            StrokeWidth = 3,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            MaskFilter = Blur(1.5f),
        };
        canvas.Save();
        canvas.ClipPath(cuff, antialias: true);
        for (var x = 188; x < 380; x += 11)
            canvas.DrawLine(x, 40, x, 140, dark);
        canvas.DrawPath(cuff, seam);
        canvas.Restore();
    }

    private static readonly string[] Folds =
        ["M206 402 C250 420 280 424 312 418", "M200 432 C236 452 268 460 300 452", "M376 300 C340 318 300 322 262 314"];

    /// <summary>Soft folds where the ankle bends, and a dark inner edge all round.</summary>
    public static void PaintFolds(SKCanvas canvas, SKPath outline)
    {
        foreach (var fold in Folds)
        {
            using var path = SKPath.ParseSvgPathData(fold);
            Stroke(canvas, path, SKColors.Black.WithAlpha(46), width: 10, blur: 7);
            path.Offset(2, 9);
            Stroke(canvas, path, SKColors.White.WithAlpha(20), width: 8, blur: 7);
        }
        Stroke(canvas, outline, SKColors.Black.WithAlpha(84), width: 24, blur: 13);
        Stroke(canvas, outline, SKColors.Black.WithAlpha(60), width: 4, blur: 1.5f);
    }

    private static void Stroke(SKCanvas canvas, SKPath path, SKColor colour, float width, float blur)
    {
        using var paint = new SKPaint
        {
            Color = colour,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
            MaskFilter = Blur(blur),
        };
        canvas.DrawPath(path, paint);
    }

    /// <summary>One stitch is a V of yarn; the gaps between are dark.</summary>
    private static SKShader Stitches()
    {
        using var surface = SKSurface.Create(new SKImageInfo(StitchWidth, StitchHeight, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColor.Parse("CECECE"));
        using var yarn = new SKPaint { Color = SKColors.White, StrokeWidth = 3.4f, IsAntialias = true, StrokeCap = SKStrokeCap.Round };
        for (var row = -1; row <= 1; row++)
        {
            var y = row * StitchHeight;
            surface.Canvas.DrawLine(1.2f, y + 1.5f, StitchWidth / 2f, y + 7.5f, yarn);
            surface.Canvas.DrawLine(StitchWidth - 1.2f, y + 1.5f, StitchWidth / 2f, y + 7.5f, yarn);
        }
        using var image = surface.Snapshot();
        return image.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat);
    }

    private static SKMaskFilter Blur(float sigma) => SKMaskFilter.CreateBlur(SKBlurStyle.Normal, sigma);
}
