using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>A sock in a pose: the texture on a net of triangles that bends.</summary>
internal sealed class SockCloth : IDisposable
{
    private const int Columns = 6;
    private const int Rows = 12;

    private static readonly ushort[] Triangles = Grid.Triangles(Columns, Rows);

    private readonly SockTexture _texture;
    private readonly SKVertices _net;
    private readonly SKVertices _unlit;

    public SockCloth(SockTexture texture, SockPose pose)
    {
        _texture = texture;
        var places = new SKPoint[(Columns + 1) * (Rows + 1)];
        var texels = new SKPoint[places.Length];
        var lights = new SKColor[places.Length];
        for (var corner = 0; corner < places.Length; corner++)
        {
            var point = new SKPoint(
                corner % (Columns + 1) * SockShape.Width / (float)Columns, corner / (Columns + 1) * SockShape.Height / (float)Rows);
            var light = (byte)(255 * Math.Clamp(pose.Lightness(point), 0, 1));
            places[corner] = pose.Place(point);
            texels[corner] = new SKPoint(point.X * texture.Scale, point.Y * texture.Scale);
            lights[corner] = new SKColor(light, light, light);
        }
        _net = SKVertices.CreateCopy(SKVertexMode.Triangles, places, texels, lights, Triangles);
        _unlit = SKVertices.CreateCopy(SKVertexMode.Triangles, places, texels, null, Triangles);
    }

    /// <param name="canvas">In pixels of the picture.</param>
    /// <param name="alpha">0..255; less than 255 where several passes make a blur.</param>
    public void Draw(SKCanvas canvas, byte alpha = 255) => Draw(canvas, _net, _texture.Sock, alpha);

    public void DrawShadow(SKCanvas canvas, SKPoint offset, byte alpha)
    {
        canvas.Save();
        canvas.Translate(offset);
        Draw(canvas, _unlit, _texture.Shadow, alpha);
        canvas.Restore();
    }

    public void Dispose()
    {
        _net.Dispose();
        _unlit.Dispose();
    }

    private static void Draw(SKCanvas canvas, SKVertices net, SKImage image, byte alpha)
    {
        using var shader = image.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, new SKSamplingOptions(SKFilterMode.Linear));
        using var paint = new SKPaint { Shader = shader, Color = SKColors.White.WithAlpha(alpha) };
        canvas.DrawVertices(net, SKBlendMode.Modulate, paint);
    }
}
