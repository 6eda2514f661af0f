using System.Diagnostics;

namespace SockSort.Cli.Commands.Bench;

/// <summary>This program, for parts of a job that are measured in a process of their own.</summary>
internal static class ThisProgram
{
    public static ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        // dotnet socksort.dll, or a program of its own.
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessStartInfo(program, isHost ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments);
    }
}
