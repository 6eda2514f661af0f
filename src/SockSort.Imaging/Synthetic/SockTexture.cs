using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>One design as a picture with a clear background, and its soft shadow: what both worlds place, bend and light.</summary>
internal sealed class SockTexture : IDisposable
{
    // The same for all socks, and the dearest part of one.
    private static readonly Lazy<SKImage> Stitches = new(() => Paint(SockShape.TubeWidth, SockShape.TubeLength, Knitting.Paint));

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
        using var sock = Paint(SockShape.Width, SockShape.Height, canvas => PaintSock(canvas, design, outline));
        using var shadow = Paint(SockShape.Width, SockShape.Height, canvas => PaintShadow(canvas, outline));
        return new SockTexture(Shrink(sock, scale), Shrink(shadow, scale), scale);
    }

    public void Dispose()
    {
        Sock.Dispose();
        Shadow.Dispose();
    }

    private static SKImage Paint(int width, int height, Action<SKCanvas> paint)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
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
        surface.Canvas.DrawImage(
            image, SKRect.Create(size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        return surface.Snapshot();
    }

    private static void PaintShadow(SKCanvas canvas, SKPath outline)
    {
        using var paint = new SKPaint
        {
            Color = SKColors.Black,
            IsAntialias = true,
            MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 13),
        };
        canvas.DrawPath(outline, paint);
    }

    private static void PaintSock(SKCanvas canvas, SockDesign design, SKPath outline)
    {
        canvas.Save();
        canvas.ClipPath(outline, antialias: true);
        using var mesh = SockShape.TubeMesh();
        using var pattern = Paint(SockShape.TubeWidth, SockShape.TubeLength, strip => design.Pattern(strip, design.Colours));
        Lay(canvas, mesh, pattern, SKBlendMode.SrcOver);
        PaintEnds(canvas, design.Colours.Ends);
        Lay(canvas, mesh, Stitches.Value, SKBlendMode.Multiply);
        Knitting.PaintRibs(canvas);
        Knitting.PaintFolds(canvas, outline);
        canvas.Restore();
    }

    /// <summary>Lays a straight strip round the ankle.</summary>
    private static void Lay(SKCanvas canvas, SKVertices mesh, SKImage strip, SKBlendMode blend)
    {
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
