using System.Numerics;

namespace SockSort.Training.Augmentation;

/// <summary>Backgrounds: what is behind a sock that is held before a camera.</summary>
internal static class Wall
{
    // Cells of the coarsest and finest texture across a picture.
    private const int CoarsestCells = 3;
    private const int FinestCells = 56;

    /// <summary>Fills the whole picture: one colour that drifts from corner to corner, often with a faint texture.</summary>
    public static void Paint(SampleRandom random, Span<float> picture, int side)
    {
        var colour = ChooseColour(random);
        PaintCorners([colour * Drift(random), colour * Drift(random), colour * Drift(random), colour * Drift(random)], picture, side);
        if (random.Chance(0.5f))
            AddTexture(random, random.Between(1, 10), picture, side);
    }

    /// <summary>One colour from grey to warm.</summary>
    public static Vector3 ChooseColour(SampleRandom random)
    {
        var grey = random.Between(120, 215);
        return new Vector3(grey, grey, MathF.Max(0, grey - random.Between(0, 15)));
    }

    /// <param name="corners">Left top, right top, left bottom, right bottom; even between.</param>
    /// <param name="picture">Receives R G B interleaved.</param>
    /// <param name="side">Pixels a side.</param>
    public static void PaintCorners(ReadOnlySpan<Vector3> corners, Span<float> picture, int side)
    {
        for (var y = 0; y < side; y++)
        {
            var (left, right) = (Vector3.Lerp(corners[0], corners[2], (float)y / side), Vector3.Lerp(corners[1], corners[3], (float)y / side));
            for (var x = 0; x < side; x++)
                Vector3.Lerp(left, right, (float)x / side).CopyTo(picture[((y * side + x) * 3)..]);
        }
    }

    private static float Drift(SampleRandom random) => random.Between(0.93f, 1.07f);

    /// <summary>Soft light and dark spots, round as on plaster or drawn out as the grain of wood.</summary>
    private static void AddTexture(SampleRandom random, float strength, Span<float> picture, int side)
    {
        var (columns, rows) = (Cells(random), Cells(random));
        Span<float> above = stackalloc float[FinestCells + 2], below = stackalloc float[FinestCells + 2];
        FillSpots(random, strength, above);
        FillSpots(random, strength, below);
        var (stepX, stepY) = ((float)columns / side, (float)rows / side);
        for (int y = 0, row = 0; y < side; y++)
        {
            if ((int)(y * stepY) > row)
            {
                row++;
                below.CopyTo(above);
                FillSpots(random, strength, below);
            }
            for (var x = 0; x < side; x++)
            {
                var column = (int)(x * stepX);
                var (across, down) = (Smooth(x * stepX - column), Smooth(y * stepY - row));
                var upper = above[column] + (above[column + 1] - above[column]) * across;
                var lower = below[column] + (below[column + 1] - below[column]) * across;
                Add(picture.Slice((y * side + x) * 3, 3), upper + (lower - upper) * down);
            }
        }
    }

    private static int Cells(SampleRandom random) => CoarsestCells + random.Below(FinestCells - CoarsestCells);

    private static void FillSpots(SampleRandom random, float strength, Span<float> spots)
    {
        foreach (ref var spot in spots)
            spot = random.Between(-strength, strength);
    }

    private static float Smooth(float t) => t * t * (3 - 2 * t);

    private static void Add(Span<float> rgb, float light)
    {
        rgb[0] += light;
        rgb[1] += light;
        rgb[2] += light;
    }
}
