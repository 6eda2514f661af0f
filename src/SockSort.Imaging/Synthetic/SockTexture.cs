using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>One design as a picture with a clear background, and its soft shadow: what both worlds place, bend and light.</summary>
internal sealed class SockTexture : IDisposable
{
    private SockTexture(SKImage sock, SKImage shadow, float scale)
    {
        Sock = sock;
        Shadow = shadow;
        Scale = scale;
    }

    /// <summary><see cref="SockShape.Width"/> x <see cref="SockShape.Height"/>, times <see cref="Scale"/>.</summary>
    public SKImage Sock { get; }

    /// <summary>Black, as large as <see cref="Sock"/>; its alpha is the blurred outline.</summary>
    public SKImage Shadow { get; }

    public float Scale { get; }

    /// <param name="design">What to knit.</param>
    /// <param name="scale">1 or less; a camera of few pixels needs no large texture, and drawing it is cheaper without one.</param>
    public static SockTexture Knit(SockDesign design, float scale = 1)
    {
        using var outline = SockShape.Outline();
        using var sock = Paint(canvas => PaintSock(canvas, design, outline));
        using var shadow = Paint(canvas => PaintShadow(canvas, outline));
        return new SockTexture(Shrink(sock, scale), Shrink(shadow, scale), scale);
    }

    public void Dispose()
    {
        Sock.Dispose();
        Shadow.Dispose();
    }

    private static SKImage Paint(Action<SKCanvas> paint)
    {
        using var surface = SKSurface.Create(new SKImageInfo(SockShape.Width, SockShape.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.Transparent);
        paint(surface.Canvas);
        return surface.Snapshot();
    }

    private static SKImage Shrink(SKImage image, float scale)
    {
        var size = new SKImageInfo((int)(image.Width * scale), (int)(image.Height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        using var surface = SKSurface.Create(size);
        using var paint = new SKPaint();
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.DrawImage(image, SKRect.Create(size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        return surface.Snapshot();
    }

    private static void PaintShadow(SKCanvas canvas, SKPath outline)
    {
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true, MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 13) };
        canvas.DrawPath(outline, paint);
    }

    private static void PaintSock(SKCanvas canvas, SockDesign design, SKPath outline)
    {
        canvas.Save();
        canvas.ClipPath(outline, antialias: true);
        using (var mesh = SockShape.TubeMesh())
        {
            Lay(canvas, mesh, strip => design.Pattern(strip, design.Colours), SKBlendMode.SrcOver);
            PaintEnds(canvas, design.Colours.Ends);
            Lay(canvas, mesh, Knitting.Paint, SKBlendMode.Multiply);
        }
        Knitting.PaintRibs(canvas);
        Knitting.PaintFolds(canvas, outline);
        canvas.Restore();
    }

    /// <summary>Paints a straight strip and lays it round the ankle.</summary>
    private static void Lay(SKCanvas canvas, SKVertices mesh, Action<SKCanvas> paintStrip, SKBlendMode blend)
    {
        using var surface = SKSurface.Create(new SKImageInfo(SockShape.TubeWidth, SockShape.TubeLength, SKColorType.Rgba8888, SKAlphaType.Premul));
        paintStrip(surface.Canvas);
        using var strip = surface.Snapshot();
        using var shader = strip.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, new SKSamplingOptions(SKFilterMode.Linear));
        using var paint = new SKPaint { Shader = shader, BlendMode = blend };
        canvas.DrawVertices(mesh, SKBlendMode.Modulate, paint);
    }

    private static void PaintEnds(SKCanvas canvas, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        using var cuff = SockShape.Cuff();
        using var heel = SockShape.Heel();
        using var toe = SockShape.Toe();
        canvas.DrawPath(cuff, paint);
        canvas.DrawPath(heel, paint);
        canvas.DrawPath(toe, paint);
    }
}
