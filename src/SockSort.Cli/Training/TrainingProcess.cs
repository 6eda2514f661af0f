using System.Diagnostics;
using SockSort.Cli.Output;
using Spectre.Console;

namespace SockSort.Cli.Training;

/// <summary>Trains in a child process of this program, so that the memory of libtorch is released at its end.</summary>
internal static class TrainingProcess
{
    private const string Program = "socksort";

    /// <param name="console">Receives the lines that the process prints.</param>
    /// <param name="arguments">The arguments of <c>socksort</c>.</param>
    /// <param name="cancel">Ends the process.</param>
    /// <exception cref="CommandException">The process has failed; the message is its own.</exception>
    public static async Task RunAsync(IAnsiConsole console, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        // On a terminal the process draws its progress bars itself.
        var isLive = Terminal.IsLive && ReferenceEquals(console, AnsiConsole.Console);
        using var process = Process.Start(StartOf(arguments, isLive))!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            var output = process.StartInfo.RedirectStandardOutput ? CopyAsync(process.StandardOutput, console) : Task.CompletedTask;
            await process.WaitForExitAsync(cancel);
            await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        if (process.ExitCode != ExitCode.Done)
            throw new CommandException(MessageOf(await error));
    }

    private static ProcessStartInfo StartOf(IReadOnlyList<string> arguments, bool isLive)
    {
        var own = Environment.ProcessPath;
        var isProgram = Path.GetFileNameWithoutExtension(own) == Program;
        var host = isProgram || Path.GetFileNameWithoutExtension(own) == "dotnet" ? own! : "dotnet";
        return new ProcessStartInfo(host, isProgram ? arguments : [Path.Combine(AppContext.BaseDirectory, $"{Program}.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = !isLive,
            RedirectStandardError = true,
            Environment = { [ParentProcess.Variable] = "1" },
        };
    }

    private static async Task CopyAsync(StreamReader from, IAnsiConsole console)
    {
        while (await from.ReadLineAsync() is { } line)
            console.Profile.Out.Writer.WriteLine(line);
    }

    private static string MessageOf(string error)
    {
        var last = error.TrimEnd().Split('\n')[^1];
        return last.StartsWith($"{Program}: ", StringComparison.Ordinal)
            ? last[(Program.Length + 2)..]
            : $"the training ended without a model: {last}";
    }
}
