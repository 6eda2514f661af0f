using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>How one showing's hand moves: where it holds the sock, how it sways, and how it comes and goes from above.</summary>
internal sealed class Hold
{
    /// <summary>How long the hand takes to come down, and to go up again.</summary>
    private const double Entry = 0.25;

    // At the first and the last moment of a showing more than half of the sock is in the picture, so that the truth is true.
    private const float Hidden = 0.38f;

    private readonly float _width;
    private readonly float _height;
    private readonly SockPose _rest;
    private readonly float _pace;
    private readonly float _phase;
    private readonly float _swing;
    private readonly float _turn;

    /// <param name="dice">The showing's own.</param>
    /// <param name="width">Of the picture, in pixels.</param>
    /// <param name="height">Of the picture, in pixels.</param>
    public Hold(Dice dice, float width, float height)
    {
        _width = width;
        _height = height;
        var position = new SKPoint(width * dice.Between(0.38, 0.62), height * dice.Between(0.13, 0.2));
        _rest = new SockPose(SockShape.Grip, position, height * dice.Between(0.82, 1.04) / SockShape.Height) { Flip = dice.Chance(0.5) };
        _pace = dice.Between(1.2, 2.6);
        _phase = dice.Between(0, 6.28);
        _swing = dice.Between(0.02, 0.06);
        _turn = dice.Between(3, 9);
    }

    /// <param name="seconds">Since the showing began.</param>
    /// <param name="duration">Of the showing, in seconds.</param>
    public SockPose At(double seconds, double duration)
    {
        var beat = (float)(_phase + (_pace * seconds));
        var away = Math.Max(Out(seconds), Out(duration - seconds));
        var offset = new SKPoint(
            _width * _swing * MathF.Sin(beat), (_height * 0.02f * MathF.Sin((1.7f * beat) + 1)) - (_height * Hidden * away));
        return _rest with
        {
            Position = _rest.Position + offset,
            Degrees = _turn * MathF.Sin((0.8f * beat) + 2),
            // The far end lags behind the hand.
            Bend = (-1.6f * _swing * MathF.Cos(beat)) + (0.04f * MathF.Sin(2.3f * beat)),
            Ripple = 0.006f + (0.004f * MathF.Sin(beat)),
            Phase = 1.3f * beat,
            Squeeze = 0.92f + (0.08f * MathF.Sin((0.6f * beat) + _turn)),
        };
    }

    /// <summary>1 outside, 0 from <see cref="Entry"/> on, slowing down towards it.</summary>
    private static float Out(double seconds)
    {
        var left = (float)Math.Clamp(1 - (seconds / Entry), 0, 1);
        return left * left;
    }
}
