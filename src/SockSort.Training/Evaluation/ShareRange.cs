namespace SockSort.Training.Evaluation;

/// <summary>Where a share really lies when it was counted on few pictures: 95 % range by Wilson (1927).</summary>
/// <param name="Low">0..1.</param>
/// <param name="High">0..1.</param>
public readonly record struct ShareRange(double Low, double High)
{
    // Of the normal distribution, two-sided.
    private const double Z95 = 1.959964;

    /// <param name="part">Pictures that count, 0 to <paramref name="whole"/>.</param>
    /// <param name="whole">All, at least 1.</param>
    public static ShareRange Of(int part, int whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(whole, 1);
        var (share, square) = ((double)part / whole, Z95 * Z95 / whole);
        var middle = (share + square / 2) / (1 + square);
        var reach = Z95 / (1 + square) * Math.Sqrt(share * (1 - share) / whole + square / (4 * whole));
        return new ShareRange(Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }
}
