using System.Diagnostics;
using System.Runtime.InteropServices;
using SockSort.Cli.Output;

namespace SockSort.Cli.Bundles;

/// <summary>The program for a small machine: self-contained, without trainer and libtorch, published from this program's sources.</summary>
internal static class EdgeProgram
{
    private const string Solution = "SockSort.slnx";

    /// <summary>The runtimes for which all native libraries are there, by .NET's names.</summary>
    public static IReadOnlyList<string> Runtimes { get; } = ["linux-x64", "linux-arm64", "osx-arm64", "win-x64"];

    /// <summary>The runtime of this machine; linux-arm64, as of a Raspberry Pi, where it is none of them.</summary>
    public static string Here => Runtimes.FirstOrDefault(runtime => runtime == RuntimeInformation.RuntimeIdentifier) ?? "linux-arm64";

    /// <summary>Name of the program's file.</summary>
    public static string FileOf(string runtime) =>
        runtime.StartsWith("win", StringComparison.Ordinal) ? "socksort.exe" : "socksort";

    /// <summary>Publishes the program; a second time that takes seconds.</summary>
    /// <returns>The folder that holds it.</returns>
    /// <exception cref="CommandException">There are no sources or no SDK here, or the build fails.</exception>
    public static async Task<string> PublishAsync(string runtime, CancellationToken cancel)
    {
        var root = RootAbove(AppContext.BaseDirectory)
            ?? throw new CommandException(
                $"there are no sources beside this program to make one for {runtime} from; name the folder of one by --program");
        var folder = Path.Combine(root, ".build", "edge", runtime);
        string[] arguments =
        [
            "publish", Path.Combine(root, "src", "SockSort.Cli"), "-c", "Release", "-p:Edge=true", "-r", runtime, "--self-contained", "-o",
            folder, "-v", "quiet", "-nodeReuse:false",
        ];
        var (code, said) = await RunAsync("dotnet", arguments, cancel);
        if (code != 0)
            throw new CommandException($"the program for {runtime} can't be made: {FirstErrorIn(said)}");
        return folder;
    }

    private static string? RootAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Solution)))
                return at.FullName;
        }
        return null;
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            try
            {
                await process.WaitForExitAsync(cancel);
                return (process.ExitCode, await output + await error);
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandException(
                "the .NET SDK, which makes the program, is not installed here; name a program's folder by --program");
        }
    }

    private static string FirstErrorIn(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? "dotnet publish gives no reason";
}
