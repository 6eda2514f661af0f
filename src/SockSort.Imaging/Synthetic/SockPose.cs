using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>How a sock lies or hangs in a picture.</summary>
/// <param name="Anchor">
/// The point of the texture (at full size) that stays put: <see cref="SockShape.Grip"/> or <see cref="SockShape.Centre"/>.
/// </param>
/// <param name="Position">Where that point is in the picture, in pixels.</param>
/// <param name="Scale">Pixels of the picture per pixel of the full texture.</param>
internal readonly record struct SockPose(SKPoint Anchor, SKPoint Position, float Scale)
{
    /// <summary>Turn about the anchor.</summary>
    public float Degrees { get; init; }

    /// <summary>Whether it is mirrored: the toe to the right.</summary>
    public bool Flip { get; init; }

    /// <summary>How far the far end swings aside, as a share of the sock's length.</summary>
    public float Bend { get; init; }

    /// <summary>Depth of the folds that run across it, as a share of the sock's length; 0.02 is much.</summary>
    public float Ripple { get; init; }

    /// <summary>Where the folds are, in radians.</summary>
    public float Phase { get; init; }

    /// <summary>Width as seen when it is turned away from the camera: 1 = not at all.</summary>
    public float Squeeze { get; init; } = 1;

    /// <summary>Where a point of the texture comes to lie in the picture.</summary>
    public SKPoint Place(SKPoint point)
    {
        float x = (point.X - Anchor.X) * Squeeze, y = point.Y - Anchor.Y;
        var along = y / SockShape.Height;
        x += SockShape.Height * ((Bend * along * along) + (Ripple * MathF.Sin(Phase + (6 * along))));
        x *= Flip ? -Scale : Scale;
        y *= Scale;
        var (sine, cosine) = MathF.SinCos(Degrees * MathF.PI / 180);
        return new SKPoint(Position.X + (x * cosine) - (y * sine), Position.Y + (x * sine) + (y * cosine));
    }

    /// <summary>How far cuff or toe move from here to another pose, in pixels of the picture.</summary>
    public float FarthestMove(SockPose other)
    {
        var toe = new SKPoint(100, 600);
        return Math.Max((Place(Anchor) - other.Place(Anchor)).Length, (Place(toe) - other.Place(toe)).Length);
    }

    /// <summary>Light on the folds at a point: 1 is flat, less is turned away.</summary>
    public float Lightness(SKPoint point) =>
        1 - (Ripple * 6 * (1 + MathF.Cos(Phase + (6 * (point.Y - Anchor.Y) / SockShape.Height) + (2.2f * point.X / SockShape.Width))));
}
