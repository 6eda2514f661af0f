using System.CommandLine;

namespace SockSort.Cli.Output;

/// <summary>The option <c>--data DIR</c> of every command that opens the log.</summary>
internal static class DataOption
{
    /// <param name="description">What the command stores in the folder.</param>
    public static Option<string> Create(string description = "Folder of the log") => new("--data")
    {
        Description = description,
        DefaultValueFactory = _ => "./socksort-data",
        HelpName = "DIR",
    };
}
