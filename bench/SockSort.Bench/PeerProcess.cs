using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Mqtt.Addresses;

namespace SockSort.Bench;

/// <summary>Runs a peer's command in the shell; the peer prints its own figures.</summary>
public static class PeerProcess
{
    /// <returns>The standard output.</returns>
    /// <exception cref="BenchException">The command cannot be run or failed.</exception>
    public static async Task<string> RunAsync(string command, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
            var printed = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? printed
                : throw new BenchException($"the peer ended with {process.ExitCode}: {Secretless.Text(command)}");
        }
        catch (Win32Exception error)
        {
            throw new BenchException($"the peer cannot be run: {error.Message}", error);
        }
    }

    /// <summary>The number that follows a word: <c>train_seconds 52.1</c>.</summary>
    /// <exception cref="BenchException">The output does not contain it.</exception>
    public static double Figure(string printed, string word)
    {
        var match = Regex.Match(printed, $@"\b{Regex.Escape(word)}\s+([\d.]+)");
        return match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new BenchException($"the peer printed no '{word} N': {printed.Trim()}");
    }
}
