namespace SockSort.Training.Augmentation;

/// <summary>Soft light and dark spots, round as on plaster or drawn out as the grain of wood; row by row, in order.</summary>
internal sealed class Texture
{
    // Cells of the coarsest and finest texture across a picture.
    private const int CoarsestCells = 3;
    private const int FinestCells = 56;

    private readonly float _strength;
    private readonly float[] _above = new float[FinestCells + 2];
    private readonly float[] _below = new float[FinestCells + 2];
    private readonly int[] _columns;
    private readonly float[] _across;
    private readonly float _stepY;
    private readonly SampleRandom _random;
    private int _row;

    /// <param name="random">Its own from now on: spots are chosen while rows are painted.</param>
    /// <param name="strength">Largest difference, in steps of 0..255.</param>
    /// <param name="side">Pixels a side.</param>
    public Texture(SampleRandom random, float strength, int side)
    {
        _strength = strength;
        var (columns, rows) = (Cells(random), Cells(random));
        _stepY = (float)rows / side;
        _columns = [.. Enumerable.Range(0, side).Select(x => (int)(x * (float)columns / side))];
        _across = [.. _columns.Select((column, x) => Smooth(x * (float)columns / side - column))];
        _random = random.Split();
        FillSpots(_above);
        FillSpots(_below);
    }

    public void AddTo(int y, Span<float> row)
    {
        if ((int)(y * _stepY) > _row)
        {
            _row++;
            _below.CopyTo(_above, 0);
            FillSpots(_below);
        }
        var down = Smooth(y * _stepY - _row);
        for (var x = 0; x < _columns.Length; x++)
        {
            var column = _columns[x];
            var upper = _above[column] + (_above[column + 1] - _above[column]) * _across[x];
            var lower = _below[column] + (_below[column + 1] - _below[column]) * _across[x];
            var light = upper + (lower - upper) * down;
            row[3 * x] += light;
            row[3 * x + 1] += light;
            row[3 * x + 2] += light;
        }
    }

    private static int Cells(SampleRandom random) => CoarsestCells + random.Below(FinestCells - CoarsestCells);

    private static float Smooth(float t) => t * t * (3 - 2 * t);

    private void FillSpots(Span<float> spots)
    {
        foreach (ref var spot in spots)
            spot = _random.Between(-_strength, _strength);
    }
}
