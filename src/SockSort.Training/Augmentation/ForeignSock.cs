using System.Numerics;

namespace SockSort.Training.Augmentation;

/// <summary>
/// Socks that nobody taught, to learn from what is none of the known ones: a leg and a foot in any colours with stripes, dots
/// or checks, or so close that it fills the picture.
/// </summary>
internal readonly struct ForeignSock
{
    private readonly Vector2 _cuff;
    private readonly Vector2 _heel;
    private readonly Vector2 _toe;
    private readonly float _radius;
    private readonly bool _fills;
    private readonly Pattern _pattern;
    private readonly float _period;
    private readonly float _share;
    private readonly float _cosine;
    private readonly float _sine;
    private readonly Vector3 _ground;
    private readonly Vector3 _figure;
    private readonly Vector3 _ends;

    private ForeignSock(SampleRandom random, int side)
    {
        _fills = random.Chance(0.3f);
        _radius = random.Between(0.07f, 0.2f) * side;
        _heel = new Vector2(random.Between(0.25f, 0.75f), random.Between(0.3f, 0.75f)) * side;
        var (sine, cosine) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var leg = new Vector2(cosine, sine) * random.Between(2, 5) * _radius;
        _cuff = _heel - leg;
        // The foot stands off from the leg, to either side, between a little bent and at right angles.
        var (bendSine, bendCosine) = MathF.SinCos(random.Between(0.2f, 1.6f) * (random.Chance(0.5f) ? 1 : -1));
        var foot = new Vector2(leg.X * bendCosine - leg.Y * bendSine, leg.X * bendSine + leg.Y * bendCosine);
        _toe = _heel + foot * random.Between(0.3f, 0.8f);
        _pattern = (Pattern)random.Below(4);
        _period = random.Between(0.03f, 0.2f) * side;
        _share = random.Between(0.2f, 0.6f);
        (_sine, _cosine) = MathF.SinCos(random.Between(0, MathF.PI));
        (_ground, _figure) = (Colour(random), Colour(random));
        _ends = random.Chance(0.5f) ? Colour(random) : _ground;
    }

    private enum Pattern
    {
        Plain,
        Stripes,
        Dots,
        Checks,
    }

    /// <param name="random">Chooses shape, pattern and colours.</param>
    /// <param name="side">Pixels a side of the square picture.</param>
    public static ForeignSock Choose(SampleRandom random, int side) => new(random, side);

    /// <param name="y">From 0.</param>
    /// <param name="row">R G B interleaved; what the sock does not cover stays.</param>
    public void PaintRow(int y, Span<float> row)
    {
        for (var x = 0; x < row.Length / 3; x++)
        {
            if (ColourAt(new Vector2(x, y)) is { } colour)
                (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (colour.X, colour.Y, colour.Z);
        }
    }

    /// <summary>Any colour: as often strong as faint, as often dark as bright.</summary>
    private static Vector3 Colour(SampleRandom random)
    {
        var grey = random.Between(15, 235);
        var strength = random.Between(0, 1);
        return Vector3.Lerp(
            new Vector3(grey), new Vector3(random.Between(0, 255), random.Between(0, 255), random.Between(0, 255)), strength);
    }

    private Vector3? ColourAt(Vector2 place)
    {
        if (!_fills)
        {
            var distance = MathF.Min(Distance(place, _cuff, _heel), Distance(place, _heel, _toe));
            if (distance > _radius)
                return null;
            if (Vector2.Distance(place, _toe) < 0.9f * _radius || Vector2.Distance(place, _heel) < 0.7f * _radius)
                return _ends;
        }
        return IsFigure(place) ? _figure : _ground;
    }

    private bool IsFigure(Vector2 place)
    {
        var across = (place.X * _cosine + place.Y * _sine) / _period;
        var along = (place.Y * _cosine - place.X * _sine) / _period;
        var (u, v) = (across - MathF.Floor(across), along - MathF.Floor(along));
        return _pattern switch
        {
            Pattern.Stripes => u < _share,
            Pattern.Dots => (u - 0.5f) * (u - 0.5f) + (v - 0.5f) * (v - 0.5f) < _share * _share / 2,
            Pattern.Checks => (u < 0.5f) != (v < 0.5f),
            _ => false,
        };
    }

    private static float Distance(Vector2 place, Vector2 from, Vector2 to)
    {
        var line = to - from;
        var share = Math.Clamp(Vector2.Dot(place - from, line) / MathF.Max(line.LengthSquared(), 1e-6f), 0, 1);
        return Vector2.Distance(place, from + line * share);
    }
}
