using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SockSort.Cli.Commands.Bench;

/// <summary>One run of the peer; the figures are those that it prints itself.</summary>
internal sealed partial record PeerRun(double PhotosPerSecond, double CpuSeconds)
{
    /// <exception cref="IOException">The command cannot be run, failed, or printed no figures.</exception>
    public static async Task<PeerRun> RunAsync(string command, string list, string root, string outPrefix, int threads, CancellationToken cancellation)
    {
        var filled = command.Replace("{lst}", Quote(list)).Replace("{root}", Quote(root)).Replace("{out}", Quote(outPrefix)).Replace("{threads}", $"{threads}");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", filled]) { RedirectStandardOutput = true })!;
            var printed = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? Parse(printed) : throw new IOException($"the peer ended with {process.ExitCode}: {filled}");
        }
        catch (Win32Exception error)
        {
            throw new IOException($"the peer cannot be run: {error.Message}", error);
        }
    }

    private static PeerRun Parse(string printed)
    {
        var (rate, cpu) = (RatePattern().Match(printed), CpuPattern().Match(printed));
        return rate.Success && cpu.Success
            ? new PeerRun(double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(cpu.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw new IOException($"the peer printed no 'photos_per_s N' and 'cpu_s N': {printed.Trim()}");
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''")}'";

    [GeneratedRegex(@"photos_per_s\s+([\d.]+)")]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"cpu_s\s+([\d.]+)")]
    private static partial Regex CpuPattern();
}
