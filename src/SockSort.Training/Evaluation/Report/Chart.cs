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
}

/// <param name="Name">In the legend.</param>
/// <param name="Points">From left to right.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);
