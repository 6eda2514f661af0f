using System.Diagnostics;
using System.Globalization;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;

namespace SockSort.Cli.Commands.Im2Rec;

/// <summary>Prints the progress of packing: what im2rec prints to the output, and what was left out and why to the error stream.</summary>
internal sealed class PackPrinter(string list, TextWriter output, TextWriter error) : IPackWatcher
{
    // im2rec's interval of progress lines.
    private const int LinesBetween = 1000;

    private readonly string _name = Path.GetFileName(list);
    private long _last = Stopwatch.GetTimestamp();

    public void OnLineSkipped(ListProblem problem) =>
        error.WriteLine($"{_name}:{problem.Number}: line skipped: it {problem.Problem}");

    public void OnPhotoLeftOut(ListLine line, string reason) =>
        error.WriteLine($"{_name}:{line.Number}: {line.Path} left out: {reason}");

    public void OnWarning(ListLine line, string warning) =>
        error.WriteLine($"{_name}:{line.Number}: {line.Path} packed, but: {warning}");

    public void OnPhotoDone(long index)
    {
        if (index % LinesBetween != 0)
            return;
        var seconds = Stopwatch.GetElapsedTime(_last).TotalSeconds;
        _last = Stopwatch.GetTimestamp();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time: {seconds}  count: {index}"));
    }
}
