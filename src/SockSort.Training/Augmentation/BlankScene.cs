using System.Numerics;
using SockSort.Imaging;

namespace SockSort.Training.Augmentation;

/// <summary>Pictures without a sock, to learn <c>Blank</c> from where nobody took photos of the empty scene.</summary>
internal static class BlankScene
{
    /// <param name="scenes">Photos whose border colours may be used; may be empty.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="picture">Receives R G B interleaved.</param>
    /// <param name="side">Pixels a side of the square picture.</param>
    public static void Paint(IReadOnlyList<PhotoPyramid> scenes, SampleRandom random, Span<float> picture, int side)
    {
        if (scenes.Count > 0 && random.Chance(0.25f))
            PaintBorderColours(scenes[random.Below(scenes.Count)].ForStep(float.MaxValue), random, picture, side);
        else
            Wall.Paint(random, picture, side);
        if (random.Chance(0.25f))
            PaintEdge(random, picture, side);
        if (random.Chance(0.3f))
            PaintShadow(random, picture, side, strength: random.Between(-0.45f, 0.15f));
        if (random.Chance(0.25f))
            PaintHand(random, picture, side);
    }

    /// <summary>
    /// The colours of a photo's four corners, in any order: table and floor, or sock, but no shape and no pattern of it.
    /// </summary>
    private static void PaintBorderColours(Frame scene, SampleRandom random, Span<float> picture, int side)
    {
        Span<Vector3> corners =
        [
            Colour(scene, 0, 0), Colour(scene, scene.Width - 1, 0), Colour(scene, 0, scene.Height - 1), Colour(scene, scene.Width - 1, scene.Height - 1),
        ];
        for (var i = corners.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (corners[i], corners[other]) = (corners[other], corners[i]);
        }
        Wall.PaintCorners(corners, picture, side);
    }

    private static Vector3 Colour(Frame frame, int x, int y) => new(frame.Row(y)[x * 3], frame.Row(y)[x * 3 + 1], frame.Row(y)[x * 3 + 2]);

    /// <summary>Another colour beyond a straight line: a table, a door, a curtain.</summary>
    private static void PaintEdge(SampleRandom random, Span<float> picture, int side)
    {
        var colour = Wall.ChooseColour(random) * random.Between(0.4f, 1.1f);
        var (sine, cosine) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var distance = random.Between(0.15f, 0.48f) * side;
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                if ((x - side / 2f) * cosine + (y - side / 2f) * sine > distance)
                    Set(picture, side, x, y, colour);
            }
        }
    }

    /// <summary>A soft round darkening or lightening.</summary>
    private static void PaintShadow(SampleRandom random, Span<float> picture, int side, float strength)
    {
        var (centreX, centreY) = (random.Between(0, side), random.Between(0, side));
        var (radiusX, radiusY) = (random.Between(0.15f, 0.7f) * side, random.Between(0.15f, 0.7f) * side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (across, down) = ((x - centreX) / radiusX, (y - centreY) / radiusY);
                var light = 1 + strength * MathF.Exp(-(across * across + down * down));
                Set(picture, side, x, y, Get(picture, side, x, y) * light);
            }
        }
    }

    /// <summary>A hand that comes in from above with nothing in it: a rounded patch in a colour of skin.</summary>
    private static void PaintHand(SampleRandom random, Span<float> picture, int side)
    {
        var skin = Vector3.Lerp(new Vector3(92, 62, 48), new Vector3(232, 190, 168), random.Between(0, 1));
        var centreX = random.Between(0.2f, 0.8f) * side;
        var (radiusX, radiusY) = (random.Between(0.04f, 0.14f) * side, random.Between(0.05f, 0.3f) * side);
        for (var y = 0; y < Math.Min(side, radiusY); y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (across, down) = ((x - centreX) / radiusX, y / radiusY);
                var distance = across * across + down * down;
                if (distance < 1)
                    Set(picture, side, x, y, skin * (1.05f - 0.35f * distance));
            }
        }
    }

    private static Vector3 Get(Span<float> picture, int side, int x, int y) => new(picture.Slice((y * side + x) * 3, 3));

    private static void Set(Span<float> picture, int side, int x, int y, Vector3 colour) => colour.CopyTo(picture.Slice((y * side + x) * 3, 3));
}
