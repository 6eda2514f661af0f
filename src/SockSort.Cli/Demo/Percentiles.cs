namespace SockSort.Cli.Demo;

/// <summary>Keeps every value of one measurement; a demo has a few thousand.</summary>
internal sealed class Percentiles
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    /// <summary>The smallest value that at least <paramref name="share"/> (0..1) of all do not exceed; null without values.</summary>
    public double? At(double share)
    {
        if (_values.Count == 0)
            return null;
        var sorted = _values.Order().ToArray();
        var rank = (int)Math.Ceiling(share * sorted.Length);
        return Math.Round(sorted[Math.Clamp(rank - 1, 0, sorted.Length - 1)], 2);
    }
}
