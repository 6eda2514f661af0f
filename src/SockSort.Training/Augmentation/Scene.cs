using System.Numerics;
using SockSort.Imaging;

namespace SockSort.Training.Augmentation;

/// <summary>
/// What is behind a sock, or to be seen without one: a wall in one colour that drifts, often with a faint texture, sometimes
/// with another colour beyond an edge, a shadow, a hand. Chosen once, painted row by row.
/// </summary>
internal sealed class Scene
{
    private readonly int _side;
    private readonly Vector3[] _corners;
    private readonly Texture? _texture;
    private readonly Edge? _edge;
    private readonly Shadow? _shadow;

    private Scene(AugmentationOptions options, SampleRandom random, IReadOnlyList<PhotoPyramid> scenes, int side)
    {
        _side = side;
        Sampled = scenes.Count > 0 && random.Chance(options.SampledWalls) ? random.Below(scenes.Count) : -1;
        _corners = Sampled < 0 ? WallCorners(options, random) : BorderColours(scenes[Sampled].ForStep(float.MaxValue), random);
        _texture = Sampled < 0 && random.Chance(0.5f) ? new Texture(random, random.Between(1, 10), side) : null;
        _edge = random.Chance(0.25f) ? Edge.Choose(options, random, side) : null;
        _shadow = random.Chance(0.3f) ? Shadow.Choose(random, side) : null;
    }

    /// <summary>Index of the photo whose border colours the wall has; -1 = of none.</summary>
    public int Sampled { get; }

    /// <param name="options">How colourful walls are.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="scenes">Photos whose border colours a wall may have; may be empty.</param>
    /// <param name="side">Pixels a side of the square picture.</param>
    public static Scene Choose(AugmentationOptions options, SampleRandom random, IReadOnlyList<PhotoPyramid> scenes, int side) =>
        new(options, random, scenes, side);

    /// <param name="y">From 0, in order.</param>
    /// <param name="row">Receives R G B interleaved, 0..255 but not clipped.</param>
    public void PaintRow(int y, Span<float> row)
    {
        PaintWall(y, row);
        _texture?.AddTo(y, row);
        _edge?.PaintRow(y, row);
        _shadow?.PaintRow(y, row);
    }

    /// <summary>Mostly from grey to warm, as walls and tables are; sometimes any colour.</summary>
    internal static Vector3 ChooseColour(AugmentationOptions options, SampleRandom random)
    {
        if (random.Chance(options.ColouredWalls))
            return Vector3.Lerp(
                new Vector3(random.Between(25, 245)),
                new Vector3(random.Between(20, 245), random.Between(20, 245), random.Between(20, 245)), random.Between(0, 0.6f));
        var grey = random.Between(120, 215);
        return new Vector3(grey, grey, MathF.Max(0, grey - random.Between(0, 15)));
    }

    private void PaintWall(int y, Span<float> row)
    {
        var (left, right) = (
            Vector3.Lerp(_corners[0], _corners[2], (float)y / _side), Vector3.Lerp(_corners[1], _corners[3], (float)y / _side));
        var (colour, step) = (left, (right - left) / _side);
        for (var x = 0; x < _side; x++, colour += step)
            (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (colour.X, colour.Y, colour.Z);
    }

    private static Vector3[] WallCorners(AugmentationOptions options, SampleRandom random)
    {
        var colour = ChooseColour(options, random);
        return [colour * Drift(random), colour * Drift(random), colour * Drift(random), colour * Drift(random)];
    }

    private static float Drift(SampleRandom random) => random.Between(0.93f, 1.07f);

    /// <summary>
    /// The colours of a photo's four corners, in any order: table and floor, or sock, but no shape and no pattern of it.
    /// </summary>
    private static Vector3[] BorderColours(Frame scene, SampleRandom random)
    {
        Vector3[] corners =
        [
            Colour(scene, 0, 0),
            Colour(scene, scene.Width - 1, 0),
            Colour(scene, 0, scene.Height - 1),
            Colour(scene, scene.Width - 1, scene.Height - 1),
        ];
        for (var i = corners.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (corners[i], corners[other]) = (corners[other], corners[i]);
        }
        return corners;
    }

    private static Vector3 Colour(Frame frame, int x, int y) => new(frame.Row(y)[x * 3], frame.Row(y)[x * 3 + 1], frame.Row(y)[x * 3 + 2]);

    /// <summary>Another colour beyond a straight line: a table, a door, a curtain.</summary>
    private sealed record Edge(Vector3 Colour, float Sine, float Cosine, float Distance, int Side)
    {
        public static Edge Choose(AugmentationOptions options, SampleRandom random, int side)
        {
            var colour = ChooseColour(options, random) * random.Between(0.4f, 1.1f);
            var (sine, cosine) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
            return new Edge(colour, sine, cosine, random.Between(0.15f, 0.48f) * side, side);
        }

        public void PaintRow(int y, Span<float> row)
        {
            for (var x = 0; x < Side; x++)
            {
                if ((x - Side / 2f) * Cosine + (y - Side / 2f) * Sine > Distance)
                    (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (Colour.X, Colour.Y, Colour.Z);
            }
        }
    }

    /// <summary>A soft round darkening or lightening.</summary>
    private sealed record Shadow(Vector2 Centre, Vector2 Radius, float Strength, float[] Across)
    {
        public static Shadow Choose(SampleRandom random, int side)
        {
            var centre = new Vector2(random.Between(0, side), random.Between(0, side));
            var radius = new Vector2(random.Between(0.15f, 0.7f), random.Between(0.15f, 0.7f)) * side;
            // A bell across times a bell down is the bell of both.
            float[] across =
            [
                .. Enumerable.Range(0, side).Select(x => MathF.Exp(-((x - centre.X) / radius.X * ((x - centre.X) / radius.X)))),
            ];
            return new Shadow(centre, radius, random.Between(-0.45f, 0.15f), across);
        }

        public void PaintRow(int y, Span<float> row)
        {
            var down = (y - Centre.Y) / Radius.Y;
            var strength = Strength * MathF.Exp(-down * down);
            for (var x = 0; x < Across.Length; x++)
            {
                var light = 1 + strength * Across[x];
                row[3 * x] *= light;
                row[3 * x + 1] *= light;
                row[3 * x + 2] *= light;
            }
        }
    }
}
