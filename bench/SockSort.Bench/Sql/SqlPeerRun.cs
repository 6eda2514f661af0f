using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SockSort.Bench.Sql;

/// <summary>One run of a streaming peer, which prints its own figures.</summary>
public sealed partial record SqlPeerRun(double RecordsPerSecond, double RecordsPerCpuSecond)
{
    /// <param name="environment">Variables beyond this process's own; null for none.</param>
    /// <exception cref="BenchException">The command failed or printed no figures.</exception>
    public static async Task<SqlPeerRun> RunAsync(
        string command, int records, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null)
    {
        var filled = command.Replace("{records}", records.ToString(CultureInfo.InvariantCulture));
        var start = new ProcessStartInfo("/bin/sh", ["-c", filled]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new BenchException($"the peer ended with {process.ExitCode}: {filled}");
        var (rate, cpu) = (Rate().Match(printed), CpuRate().Match(printed));
        return rate.Success && cpu.Success
            ? new(Number(rate), Number(cpu))
            : throw new BenchException($"the peer printed no events_per_s and events_per_cpu_s: {printed.Trim()}");
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""\bevents_per_s"?\s*[=:\s]\s*([\d.]+)""")]
    private static partial Regex Rate();

    [GeneratedRegex("""\bevents_per_cpu_s"?\s*[=:\s]\s*([\d.]+)""")]
    private static partial Regex CpuRate();
}
