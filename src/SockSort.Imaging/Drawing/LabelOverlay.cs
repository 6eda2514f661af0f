using SkiaSharp;

namespace SockSort.Imaging.Drawing;

/// <summary>
/// Writes what was recognised on a frame: white text on a dark bar at the top left. Keeps its canvas from frame to frame;
/// not for several threads at once.
/// </summary>
public sealed class LabelOverlay : IDisposable
{
    /// <summary>Height of the text as a share of the frame's; the bar is one and a half times as high as the text.</summary>
    private const float TextShare = 1 / 16f;
    private const float SmallestText = 11;

    private static readonly SKColor Ground = new(18, 20, 24, 190);

    private readonly SKPaint _ground = new() { Color = Ground, BlendMode = SKBlendMode.SrcOver };
    private readonly SKPaint _ink = new() { Color = SKColors.White, IsAntialias = true };
    private readonly SKFont _font = new(LabelFont.Typeface) { Edging = SKFontEdging.Antialias, Subpixel = true };
    private SKBitmap? _strip;
    private SKCanvas? _canvas;

    /// <summary><c>Google 97%</c>.</summary>
    /// <param name="label">As shown.</param>
    /// <param name="probability">0 to 1; rounded to whole percent.</param>
    public static string Text(string label, double probability) =>
        $"{label} {Math.Round(probability * 100, MidpointRounding.AwayFromZero):0}%";

    /// <summary>Draws on the frame itself; nothing but the bar changes. Too long a text is cut off with an ellipsis.</summary>
    /// <returns>The bar in pixels of the frame: from the top left corner.</returns>
    public (int Width, int Height) Draw(Frame frame, string text)
    {
        _font.Size = Math.Max(SmallestText, frame.Height * TextShare);
        var margin = _font.Size * 0.5f;
        var fitting = Fit(text, frame.Width - (2 * margin));
        var width = Math.Min(frame.Width, (int)MathF.Ceiling(_font.MeasureText(fitting) + (2 * margin)));
        var height = Math.Min(frame.Height, (int)MathF.Ceiling(_font.Size * 1.5f));
        var canvas = CanvasOf(width, height);
        Copy(frame, width, height, toStrip: true);
        canvas.DrawRect(0, 0, width, height, _ground);
        canvas.DrawText(fitting, margin, _font.Size * 1.11f, _font, _ink);
        Copy(frame, width, height, toStrip: false);
        return (width, height);
    }

    public void Dispose()
    {
        _canvas?.Dispose();
        _strip?.Dispose();
        _font.Dispose();
        _ink.Dispose();
        _ground.Dispose();
    }

    private string Fit(string text, float width)
    {
        if (_font.MeasureText(text) <= width)
            return text;
        var length = text.Length;
        while (length > 0 && _font.MeasureText(text.AsSpan(0, length)) + _font.MeasureText("…") > width)
            length--;
        return text[..length] + "…";
    }

    private SKCanvas CanvasOf(int width, int height)
    {
        if (_strip is null || _strip.Width < width || _strip.Height < height)
        {
            _canvas?.Dispose();
            _strip?.Dispose();
            _strip = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            _canvas = new SKCanvas(_strip);
        }
        return _canvas!;
    }

    private unsafe void Copy(Frame frame, int width, int height, bool toStrip)
    {
        // Within bounds: the strip is at least width x height, with RowBytes bytes a row; the spans check the rest.
        for (var y = 0; y < height; y++)
        {
            var strip = new Span<byte>((byte*)_strip!.GetPixels() + (y * _strip.RowBytes), width * 4);
            var row = frame.Row(y)[..(width * 3)];
            if (toStrip)
                Rgba.FromRgb(row, strip);
            else
                Rgba.ToRgb(strip, row);
        }
    }
}
