using System.Runtime.InteropServices;

namespace SockSort.Cli.Evaluation;

/// <summary>Describes the program and the machine for a report.</summary>
internal static class ThisProgram
{
    public static IReadOnlyList<(string Name, string Value)> Facts =>
    [
        ("program", $"socksort {typeof(ThisProgram).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}"),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, "
            + $"{Environment.ProcessorCount} processors"),
    ];
}
