using Spectre.Console;

namespace SockSort.Cli.Output;

/// <summary>Creates consoles for tables on any output: the terminal, a pipe, a test.</summary>
internal static class Consoles
{
    // In a file or a pipe nothing is wrapped: a path broken over two lines could not be searched for.
    private const int PlainWidth = 400;

    public static IAnsiConsole For(TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out))
            return AnsiConsole.Console;
        // Nor are there colours, whatever the terminal of the process supports.
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
            });
        console.Profile.Width = PlainWidth;
        return console;
    }
}
