using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// A hand that comes from above and holds a cuff between thumb and fingers: the fingers and the arm behind the sock, the
/// thumb before it. Drawn once, in pixels of the sock's texture, with the grip at (<see cref="GripX"/>, <see cref="GripY"/>).
/// </summary>
internal sealed class Hand : IDisposable
{
    private const int Width = 420;
    private const int Height = 720;
    private const float GripX = 205;
    private const float GripY = 560;

    private static readonly string[] Skins = ["F0C8A8", "E2AE8A", "C98F66", "9C6644", "6E4630", "F5D6C0"];
    private static readonly string[] Sleeves = ["3C4654", "7D2E38", "5C6B57", "D6D2C8", "2A2A2E", "4A6A94"];

    private readonly SKImage _behind;
    private readonly SKImage _before;
    private readonly float _scale;

    /// <param name="dice">Decides skin and sleeve.</param>
    /// <param name="scale">As of <see cref="SockTexture.Knit"/>.</param>
    public Hand(Dice dice, float scale)
    {
        var skin = SKColor.Parse(dice.Pick(Skins));
        var sleeve = SKColor.Parse(dice.Pick(Sleeves));
        _scale = scale;
        _behind = Paint(scale, canvas => PaintBehind(canvas, skin, sleeve));
        _before = Paint(scale, canvas => PaintThumb(canvas, skin));
    }

    /// <param name="canvas">In pixels of the picture.</param>
    /// <param name="pose">Of the sock that it holds, or would hold; its fold and bend do not count.</param>
    public void DrawBehind(SKCanvas canvas, SockPose pose) => Draw(canvas, _behind, pose);

    public void DrawBefore(SKCanvas canvas, SockPose pose) => Draw(canvas, _before, pose);

    public void Dispose()
    {
        _behind.Dispose();
        _before.Dispose();
    }

    private void Draw(SKCanvas canvas, SKImage image, SockPose pose)
    {
        canvas.Save();
        canvas.Translate(pose.Position);
        canvas.RotateDegrees(pose.Degrees * 0.6f);
        canvas.Scale((pose.Flip ? -pose.Scale : pose.Scale) / _scale, pose.Scale / _scale);
        canvas.DrawImage(image, -GripX * _scale, -GripY * _scale, new SKSamplingOptions(SKFilterMode.Linear));
        canvas.Restore();
    }

    private static SKImage Paint(float scale, Action<SKCanvas> paint)
    {
        var size = new SKImageInfo((int)(Width * scale), (int)(Height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        using var surface = SKSurface.Create(size);
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.Scale(scale);
        paint(surface.Canvas);
        return surface.Snapshot();
    }

    private static void PaintBehind(SKCanvas canvas, SKColor skin, SKColor sleeve)
    {
        PaintPart(canvas, "M140 -20 L132 300 C120 340 112 380 118 430 L296 430 C300 380 290 340 280 300 L284 -20 Z", skin);
        PaintPart(canvas, "M118 -20 C112 60 110 120 112 190 C170 204 250 204 306 190 C308 120 306 60 300 -20 Z", sleeve);
        // Little finger last: each lies before the one on its left.
        PaintFinger(canvas, 146, 400, 128, 560, 47, skin);
        PaintFinger(canvas, 186, 410, 182, 606, 50, skin);
        PaintFinger(canvas, 230, 410, 236, 600, 50, skin);
        PaintFinger(canvas, 270, 400, 286, 566, 46, skin);
        PaintPart(
            canvas, "M116 392 C110 330 150 300 206 300 C264 300 304 330 298 396 C296 452 286 486 208 486 C130 486 118 450 116 392 Z", skin);
    }

    private static void PaintThumb(SKCanvas canvas, SKColor skin)
    {
        PaintFinger(canvas, 262, 420, 214, 590, 58, skin);
        using var nail = new SKPaint { Color = Mix(skin, SKColor.Parse("FFE9E2"), 0.55f), IsAntialias = true };
        canvas.Save();
        canvas.Translate(212, 594);
        canvas.RotateDegrees(16);
        canvas.DrawRoundRect(-17, -19, 34, 38, 15, 17, nail);
        canvas.Restore();
    }

    private static void PaintFinger(SKCanvas canvas, float fromX, float fromY, float toX, float toY, float thick, SKColor skin)
    {
        Line(thick + 4, Mix(skin, SKColor.Parse("3A1A10"), 0.45f), 0, 0);
        Line(thick, Mix(skin, SKColor.Parse("5A2A18"), 0.14f), 0, 0);
        Line(thick * 0.5f, Mix(skin, SKColors.White, 0.16f), 10, thick * 0.1f);

        void Line(float width, SKColor colour, float blur, float aside)
        {
            using var paint = new SKPaint { Color = colour, IsAntialias = true, StrokeWidth = width, StrokeCap = SKStrokeCap.Round };
            if (blur > 0)
                paint.MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur);
            canvas.DrawLine(fromX - aside, fromY, toX - aside, toY, paint);
        }
    }

    private static void PaintPart(SKCanvas canvas, string outline, SKColor colour)
    {
        using var path = SKPath.ParseSvgPathData(outline);
        using var fill = new SKPaint { IsAntialias = true, Shader = Round(path.Bounds, colour) };
        using var edge = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 10,
            Color = SKColors.Black.WithAlpha(60),
            MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 6),
        };
        canvas.DrawPath(path, fill);
        canvas.Save();
        canvas.ClipPath(path, antialias: true);
        canvas.DrawPath(path, edge);
        canvas.Restore();
    }

    private static SKShader Round(SKRect area, SKColor colour) => SKShader.CreateLinearGradient(
        new SKPoint(area.Left, 0), new SKPoint(area.Right, 0),
        [Mix(colour, SKColors.Black, 0.2f), Mix(colour, SKColors.White, 0.08f), colour, Mix(colour, SKColors.Black, 0.32f)],
        [0, 0.35f, 0.6f, 1], SKShaderTileMode.Clamp);

    private static SKColor Mix(SKColor one, SKColor other, float share) => new(
        (byte)(one.Red + ((other.Red - one.Red) * share)),
        (byte)(one.Green + ((other.Green - one.Green) * share)),
        (byte)(one.Blue + ((other.Blue - one.Blue) * share)));
}
