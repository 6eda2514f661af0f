using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// The wall before which socks are held: plaster of one colour, drawn once, a little larger than the picture so that the camera may shake.
/// </summary>
internal sealed class Wall : IDisposable
{
    private const int Margin = 12;

    private static readonly string[] Paints = ["D9D3C4", "E6E2DA", "C8CCC8", "D8C9B4", "BFC7CE", "E9E4D4"];

    private readonly SKImage _plaster;

    /// <param name="dice">Decides colour and plaster.</param>
    /// <param name="width">Of the picture, in pixels.</param>
    /// <param name="height">Of the picture, in pixels.</param>
    public Wall(Dice dice, int width, int height)
    {
        using var surface = SKSurface.Create(
            new SKImageInfo(width + (2 * Margin), height + (2 * Margin), SKColorType.Rgba8888, SKAlphaType.Opaque));
        var unit = height / 360f;
        surface.Canvas.Clear(SKColor.Parse(dice.Pick(Paints)));
        Cover(surface.Canvas, Noise.Clouds(
            0.006f / unit, 0.008f / unit, 3, dice.Below(999), SKColors.Black.WithAlpha(14), SKColors.White.WithAlpha(16)));
        Cover(surface.Canvas, Noise.Clouds(
            0.16f / unit, 0.2f / unit, 2, dice.Below(999), SKColors.Black.WithAlpha(12), SKColors.White.WithAlpha(12)));
        _plaster = surface.Snapshot();
    }

    /// <param name="canvas">In pixels of the picture.</param>
    /// <param name="shake">Within 12 pixels each way.</param>
    public void Draw(SKCanvas canvas, SKPoint shake) =>
        canvas.DrawImage(_plaster, Math.Clamp(shake.X, -Margin, Margin) - Margin, Math.Clamp(shake.Y, -Margin, Margin) - Margin);

    public void Dispose() => _plaster.Dispose();

    private static void Cover(SKCanvas canvas, SKShader shader)
    {
        using (shader)
        using (var paint = new SKPaint { Shader = shader })
            canvas.DrawPaint(paint);
    }
}
