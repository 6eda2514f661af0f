using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>What a sock lies on when it is photographed.</summary>
internal static class Desk
{
    private static readonly SKRect All = new(-500, -500, 500, 500);
    private static readonly Action<SKCanvas, Dice>[] Surfaces = [Wood, Cloth, Paper, Stone];
    private static readonly (string Low, string High)[] Woods =
    [
        ("7A5230", "B98A58"), ("B08A5C", "DDBD8E"), ("4A3222", "73513A"), ("A9A297", "CFC9BE"),
    ];
    private static readonly string[] Cloths = ["6D7B8A", "B9AE9C", "D9D5CC", "4E5D52", "8B5E5E"];
    private static readonly (string Low, string High)[] Stones = [("8E8F92", "C9C9C8"), ("45484D", "75797F"), ("CFC8BC", "F1ECE3")];

    /// <summary>Fills a picture of at most 640 x 640 pixels.</summary>
    public static void Cover(SKBitmap picture, Dice dice)
    {
        // Fractal noise is dear: half the pixels each way cost a quarter, and the desk is out of focus anyway.
        using var half = new SKBitmap(
            new SKImageInfo((picture.Width + 1) / 2, (picture.Height + 1) / 2, picture.ColorType, picture.AlphaType));
        using var canvas = new SKCanvas(half);
        canvas.Translate(half.Width / 2f, half.Height / 2f);
        canvas.Scale(0.5f);
        canvas.RotateDegrees(dice.Between(-180, 180));
        dice.Pick(Surfaces)(canvas, dice);
        using var from = half.PeekPixels();
        using var to = picture.PeekPixels();
        from.ScalePixels(to, new SKSamplingOptions(SKFilterMode.Linear));
    }

    private static void Wood(SKCanvas canvas, Dice dice)
    {
        var (low, high) = dice.Pick(Woods);
        var plank = dice.Between(110, 240);
        using var groove = new SKPaint { Color = SKColors.Black.WithAlpha(120), StrokeWidth = 2.5f, IsAntialias = true };
        for (var y = -500f - dice.Between(0, plank); y < 500; y += plank)
        {
            var strip = SKRect.Create(-500, y, 1000, plank);
            Fill(canvas, strip, Noise.Clouds(0.003f, 0.045f, 4, dice.Below(999), SKColor.Parse(low), SKColor.Parse(high)));
            Fill(canvas, strip, Noise.Clouds(0.012f, 0.5f, 2, dice.Below(999), SKColors.Black.WithAlpha(0), SKColors.Black.WithAlpha(46)));
            canvas.DrawLine(-500, y, 500, y, groove);
        }
    }

    private static void Cloth(SKCanvas canvas, Dice dice)
    {
        canvas.Clear(SKColor.Parse(dice.Pick(Cloths)));
        Fill(canvas, All, Weave());
        Fill(canvas, All, Noise.Clouds(0.004f, 0.012f, 2, dice.Below(999), SKColors.Black.WithAlpha(60), SKColors.Black.WithAlpha(0)));
    }

    private static void Paper(SKCanvas canvas, Dice dice)
    {
        canvas.Clear(SKColor.FromHsl(dice.Between(30, 60), dice.Between(0, 18), dice.Between(86, 95)));
        Fill(canvas, All, Noise.Clouds(0.25f, 0.25f, 2, dice.Below(999), SKColors.Black.WithAlpha(16), SKColors.Black.WithAlpha(0)));
        if (dice.Chance(0.5))
            Rule(canvas, dice.Between(24, 36), squared: dice.Chance(0.5));
    }

    private static void Stone(SKCanvas canvas, Dice dice)
    {
        var (low, high) = dice.Pick(Stones);
        Fill(canvas, All, Noise.Clouds(0.012f, 0.016f, 5, dice.Below(999), SKColor.Parse(low), SKColor.Parse(high)));
        Fill(canvas, All, Noise.Clouds(0.22f, 0.22f, 2, dice.Below(999), SKColors.Black.WithAlpha(70), SKColors.White.WithAlpha(30)));
    }

    private static void Fill(SKCanvas canvas, SKRect area, SKShader shader)
    {
        using (shader)
        using (var paint = new SKPaint { Shader = shader })
            canvas.DrawRect(area, paint);
    }

    private static void Rule(SKCanvas canvas, float every, bool squared)
    {
        using var line = new SKPaint { Color = SKColor.Parse("7FA3C8").WithAlpha(130), StrokeWidth = 1.2f, IsAntialias = true };
        for (var at = -500f; at < 500; at += every)
        {
            canvas.DrawLine(-500, at, 500, at, line);
            if (squared)
                canvas.DrawLine(at, -500, at, 500, line);
        }
    }

    /// <summary>Two threads over two: a tile of 6 x 6 pixels.</summary>
    private static SKShader Weave()
    {
        using var surface = SKSurface.Create(new SKImageInfo(6, 6, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var dark = new SKPaint { Color = SKColors.Black.WithAlpha(44) };
        using var light = new SKPaint { Color = SKColors.White.WithAlpha(34) };
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.DrawRect(0, 0, 3, 3, dark);
        surface.Canvas.DrawRect(3, 3, 3, 3, dark);
        surface.Canvas.DrawRect(3, 1, 3, 1, light);
        surface.Canvas.DrawRect(1, 3, 1, 3, light);
        using var tile = surface.Snapshot();
        return tile.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, new SKSamplingOptions(SKFilterMode.Linear));
    }
}
