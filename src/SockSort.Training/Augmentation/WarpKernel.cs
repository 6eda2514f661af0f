using System.Numerics;
using SockSort.Imaging;

namespace SockSort.Training.Augmentation;

/// <summary>Draws a part of a photo into a picture, turned and scaled, read bilinearly.</summary>
internal static class WarpKernel
{
    /// <param name="photo">Read from the level that fits the scale.</param>
    /// <param name="placement">In pixels of the full photo.</param>
    /// <param name="colour">Applied to the photo's pixels.</param>
    /// <param name="picture">R G B interleaved, 0..255 but not clipped; what the photo does not cover stays.</param>
    /// <param name="side">Pixels a side of the square picture.</param>
    public static void Draw(PhotoPyramid photo, PhotoPlacement placement, ColourChange colour, Span<float> picture, int side)
    {
        var level = photo.ForStep(1 / Math.Max(placement.Scale.Across, placement.Scale.Down));
        var (toLevelX, toLevelY) = ((float)level.Width / photo.Full.Width, (float)level.Height / photo.Full.Height);
        var (sine, cosine) = MathF.SinCos(-placement.TurnRadians);
        var mirror = placement.Mirrored ? -1 : 1;
        var (halfWidth, halfHeight) = (placement.Crop.Width / 2, placement.Crop.Height / 2);
        for (var y = 0; y < side; y++)
        {
            var down = (y + 0.5f - placement.Centre.Y) / placement.Scale.Down;
            for (var x = 0; x < side; x++)
            {
                var across = (x + 0.5f - placement.Centre.X) / placement.Scale.Across;
                // In photo pixels from the crop's centre.
                var u = mirror * (across * cosine - down * sine);
                var v = across * sine + down * cosine;
                if (MathF.Abs(u) >= halfWidth || MathF.Abs(v) >= halfHeight)
                    continue;
                var rgb = colour.Apply(Read(level, (u + placement.Crop.Left + halfWidth) * toLevelX - 0.5f, (v + placement.Crop.Top + halfHeight) * toLevelY - 0.5f));
                var at = (y * side + x) * 3;
                picture[at] = rgb.X;
                picture[at + 1] = rgb.Y;
                picture[at + 2] = rgb.Z;
            }
        }
    }

    private static Vector3 Read(Frame frame, float x, float y)
    {
        x = Math.Clamp(x, 0, frame.Width - 1);
        y = Math.Clamp(y, 0, frame.Height - 1);
        int left = (int)x, top = (int)y;
        int right = Math.Min(left + 1, frame.Width - 1), bottom = Math.Min(top + 1, frame.Height - 1);
        var upper = Vector3.Lerp(Pixel(frame, left, top), Pixel(frame, right, top), x - left);
        var lower = Vector3.Lerp(Pixel(frame, left, bottom), Pixel(frame, right, bottom), x - left);
        return Vector3.Lerp(upper, lower, y - top);
    }

    private static Vector3 Pixel(Frame frame, int x, int y)
    {
        var rgb = frame.Rgb.AsSpan((y * frame.Width + x) * 3, 3);
        return new Vector3(rgb[0], rgb[1], rgb[2]);
    }
}
