using Spectre.Console;

namespace SockSort.Cli.Output;

/// <summary>What the program's output is.</summary>
internal static class Terminal
{
    /// <summary>
    /// Whether a person looks at it who can be shown bars and a screen that is drawn anew; elsewhere plain lines are printed.
    /// </summary>
    public static bool IsLive => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
}
