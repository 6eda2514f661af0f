using System.Globalization;

namespace SockSort.Bench.Dashboard;

/// <summary>How long an opened page takes.</summary>
/// <param name="First">Milliseconds to the first picture, for who was never there; one for each page.</param>
/// <param name="Again">The same for who comes again.</param>
public sealed record OpeningFigures(IReadOnlyList<double> First, IReadOnlyList<double> Again)
{
    public double MostMs => First.Concat(Again).Max();

    public override string ToString() => $"first visit {Shown(First)}; again {Shown(Again)}";

    private static string Shown(IReadOnlyList<double> times) => string.Create(
        CultureInfo.InvariantCulture, $"{times.Order().ElementAt(times.Count / 2):0} ms (most {times.Max():0}) of {times.Count}");
}

/// <summary>What open dashboards cost the program.</summary>
/// <param name="Dashboards">How many are open.</param>
/// <param name="Processors">Processors that it takes, 1 = a whole one.</param>
/// <param name="Bytes">Its memory.</param>
/// <param name="PicturesPerSecond">Pictures that one page shows.</param>
public sealed record OpenFigures(int Dashboards, double Processors, long Bytes, double PicturesPerSecond)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Dashboards} open: {Processors:0.00} processors, {Bytes / 1e6:0} MB, {PicturesPerSecond:0.0} pictures/s at each");
}

/// <summary>Memory before and after a stretch of events.</summary>
/// <param name="Frames">Frames of the stretch.</param>
/// <param name="Pairs">Pairs that were found in it.</param>
/// <param name="Took">How long it took.</param>
/// <param name="ServerBytes">Of the program after it.</param>
/// <param name="PageBytes">Of the page's objects after it.</param>
/// <param name="PageNodes">Of the page after it.</param>
public sealed record MemoryFigures(long Frames, long Pairs, TimeSpan Took, long ServerBytes, long PageBytes, long PageNodes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Frames} frames, {Pairs} pairs in {Took.TotalSeconds:0} s: program {ServerBytes / 1e6:0} MB, page {PageBytes / 1e6:0.0} MB and "
            + $"{PageNodes} nodes");
}
