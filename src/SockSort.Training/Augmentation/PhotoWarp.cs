using System.Numerics;
using SockSort.Imaging;

namespace SockSort.Training.Augmentation;

/// <summary>Draws a part of a photo into a picture, turned, scaled and tilted, read bilinearly; row by row.</summary>
internal readonly struct PhotoWarp
{
    private readonly PhotoPlacement _placement;
    private readonly ColourChange _colour;
    private readonly Frame _level;
    private readonly Vector2 _toLevel;
    private readonly Vector2 _perPixel;
    private readonly Vector2 _half;
    private readonly float _sine;
    private readonly float _cosine;
    private readonly int _side;

    /// <param name="photo">Read from the level that fits the scale.</param>
    /// <param name="placement">In pixels of the full photo.</param>
    /// <param name="colour">Applied to the photo's pixels.</param>
    /// <param name="side">Pixels a side of the square picture.</param>
    public PhotoWarp(PhotoPyramid photo, PhotoPlacement placement, ColourChange colour, int side)
    {
        (_placement, _colour, _side) = (placement, colour, side);
        _level = photo.ForStep(1 / Math.Max(placement.Scale.Across, placement.Scale.Down));
        _toLevel = new Vector2((float)_level.Width / photo.Full.Width, (float)_level.Height / photo.Full.Height);
        _half = new Vector2(placement.Crop.Width, placement.Crop.Height) / 2;
        (_sine, _cosine) = MathF.SinCos(-placement.TurnRadians);
        var mirror = placement.Mirrored ? -1 : 1;
        // In photo pixels from the crop's centre, per pixel to the right.
        _perPixel = new Vector2(mirror * _cosine, _sine) / placement.Scale.Across;
    }

    /// <param name="y">From 0.</param>
    /// <param name="row">R G B interleaved, 0..255 but not clipped; what the photo does not cover stays.</param>
    public void DrawRow(int y, Span<float> row)
    {
        var down = (y + 0.5f - _placement.Centre.Y) / _placement.Scale.Down;
        var mirror = _placement.Mirrored ? -1 : 1;
        var at = new Vector2(mirror * -down * _sine, down * _cosine) + (0.5f - _placement.Centre.X) * _perPixel;
        // A tilted photo is nearer on one side: places are divided by their depth.
        var depth = 1 + (_placement.Tilt.Y * (y + 0.5f - _placement.Centre.Y) + _placement.Tilt.X * (0.5f - _placement.Centre.X)) / _side;
        var deeper = _placement.Tilt.X / _side;
        var offset = new Vector2(_placement.Crop.Left, _placement.Crop.Top) + _half;
        for (var x = 0; x < _side; x++, at += _perPixel, depth += deeper)
        {
            var place = at / depth;
            if (MathF.Abs(place.X) >= _half.X || MathF.Abs(place.Y) >= _half.Y)
                continue;
            var rgb = _colour.Apply(Read((place + offset) * _toLevel - new Vector2(0.5f)));
            (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (rgb.X, rgb.Y, rgb.Z);
        }
    }

    private Vector3 Read(Vector2 place)
    {
        var (width, height) = (_level.Width, _level.Height);
        var (x, y) = (Math.Clamp(place.X, 0, width - 1), Math.Clamp(place.Y, 0, height - 1));
        int left = (int)x, top = (int)y;
        var right = left + 1 < width ? 3 : 0;
        ReadOnlySpan<byte> upper = _level.Rgb.AsSpan((top * width + left) * 3);
        ReadOnlySpan<byte> lower = top + 1 < height ? upper[(width * 3)..] : upper;
        var (acrossShare, downShare) = (x - left, y - top);
        var above = Vector3.Lerp(
            new Vector3(upper[0], upper[1], upper[2]), new Vector3(upper[right], upper[right + 1], upper[right + 2]), acrossShare);
        var below = Vector3.Lerp(
            new Vector3(lower[0], lower[1], lower[2]), new Vector3(lower[right], lower[right + 1], lower[right + 2]), acrossShare);
        return Vector3.Lerp(above, below, downShare);
    }
}
