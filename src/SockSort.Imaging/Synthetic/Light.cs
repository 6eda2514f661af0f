using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>The light of a scene: its colour on the near and the far side, where it comes from, and how dark the corners are.</summary>
internal readonly record struct Light(SKColor Near, SKColor Far, float Degrees, byte Corners)
{
    // Daylight, overcast, evening sun, a bulb, a neon tube: what white paper looks like under them.
    private static readonly string[] Colours = ["FFFFFF", "F2F6FF", "FFF2DC", "FFE8C6", "F3FFF6", "FFFAF0"];

    /// <param name="dice">Decides.</param>
    /// <param name="gloom">0..1: how much darker the far side may get.</param>
    public static Light Throw(Dice dice, double gloom)
    {
        var near = Dim(SKColor.Parse(dice.Pick(Colours)), dice.Between(1 - (gloom / 2), 1));
        return new Light(near, Dim(near, dice.Between(1 - gloom, 0.97)), dice.Between(0, 360), (byte)dice.Between(0, 48));
    }

    /// <summary>Lights what has been drawn.</summary>
    public void Shine(SKCanvas canvas, float width, float height)
    {
        var (sine, cosine) = MathF.SinCos(Degrees * MathF.PI / 180);
        var middle = new SKPoint(width / 2, height / 2);
        var reach = new SKPoint(cosine * width / 2, sine * height / 2);
        using var slope = SKShader.CreateLinearGradient(middle - reach, middle + reach, [Near, Far], SKShaderTileMode.Clamp);
        using var lamp = new SKPaint { Shader = slope, BlendMode = SKBlendMode.Modulate };
        canvas.DrawRect(0, 0, width, height, lamp);
        using var ring = SKShader.CreateRadialGradient(
            middle, middle.Length, [SKColors.Transparent, SKColors.Transparent, SKColors.Black.WithAlpha(Corners)], [0, 0.5f, 1],
            SKShaderTileMode.Clamp);
        using var vignette = new SKPaint { Shader = ring };
        canvas.DrawRect(0, 0, width, height, vignette);
    }

    /// <summary>What white looks like in every pixel: to light many scenes of one size by <see cref="Sensor.Develop"/>.</summary>
    public Frame OnWhite(int width, int height)
    {
        using var white = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(white);
        canvas.Clear(SKColors.White);
        Shine(canvas, width, height);
        using var pixels = white.PeekPixels();
        return Sensor.Develop(pixels, new Dice(0), noise: 0);
    }

    private static SKColor Dim(SKColor colour, float by) =>
        new((byte)(colour.Red * by), (byte)(colour.Green * by), (byte)(colour.Blue * by));
}
