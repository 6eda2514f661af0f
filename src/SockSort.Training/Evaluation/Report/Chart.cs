namespace SockSort.Training.Evaluation.Report;

/// <summary>Lines over one axis.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">With the unit: <c>step</c>.</param>
/// <param name="YLabel">With the unit: <c>loss</c>.</param>
/// <param name="Lines">1 to 4.</param>
public sealed record Chart(string Title, string XLabel, string YLabel, IReadOnlyList<ChartLine> Lines)
{
    /// <summary>Shares of 1, shown as percent on an axis from 0 to 100.</summary>
    public bool IsShare { get; init; }

    /// <summary>A place on the horizontal axis that is marked; null = none.</summary>
    public ChartMark? Mark { get; init; }
}

/// <param name="X">Where; what lies outside of the axis is not drawn.</param>
/// <param name="Name">Beside the mark.</param>
public sealed record ChartMark(double X, string Name)
{
    /// <summary>Whether the name stands at the upper end of the mark, where the lines are low there.</summary>
    public bool IsNameAbove { get; init; }
}

/// <param name="Name">In the legend.</param>
/// <param name="Points">From left to right.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);
