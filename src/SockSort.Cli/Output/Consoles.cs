using Spectre.Console;

namespace SockSort.Cli.Output;

/// <summary>Tables for whatever a command prints to: the terminal, a pipe, a test.</summary>
internal static class Consoles
{
    // Where nobody looks at columns nothing is broken: a path in two lines could not be searched for.
    private const int PlainWidth = 400;

    public static IAnsiConsole For(TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out))
            return AnsiConsole.Console;
        // Nor does anybody see colours, whatever the terminal that it all runs in could show.
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
