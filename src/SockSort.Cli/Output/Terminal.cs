using Spectre.Console;

namespace SockSort.Cli.Output;

/// <summary>The kind of the program's output.</summary>
internal static class Terminal
{
    /// <summary>
    /// Whether the output is a terminal that can show bars and a screen that is redrawn; otherwise plain lines are printed.
    /// </summary>
    public static bool IsLive => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
}
