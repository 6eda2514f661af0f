using System.Numerics;

namespace SockSort.Training.Augmentation;

/// <summary>
/// A hand that comes in from above: a rounded patch in a colour of skin, over the sock that it holds or with nothing in it.
/// </summary>
/// <param name="Skin">Its colour.</param>
/// <param name="CentreX">In pixels.</param>
/// <param name="Radius">Across and down, in pixels.</param>
internal readonly record struct Hand(Vector3 Skin, float CentreX, Vector2 Radius)
{
    public static Hand Choose(SampleRandom random, int side)
    {
        var skin = Vector3.Lerp(new Vector3(92, 62, 48), new Vector3(232, 190, 168), random.Between(0, 1));
        return new Hand(
            skin, random.Between(0.2f, 0.8f) * side, new Vector2(random.Between(0.04f, 0.14f), random.Between(0.05f, 0.3f)) * side);
    }

    public void PaintRow(int y, Span<float> row)
    {
        var down = y / Radius.Y;
        for (var x = (int)MathF.Max(0, CentreX - Radius.X); down < 1 && x < MathF.Min(row.Length / 3, CentreX + Radius.X); x++)
        {
            var across = (x - CentreX) / Radius.X;
            var distance = across * across + down * down;
            if (distance >= 1)
                continue;
            var colour = Skin * (1.05f - 0.35f * distance);
            (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (colour.X, colour.Y, colour.Z);
        }
    }
}
