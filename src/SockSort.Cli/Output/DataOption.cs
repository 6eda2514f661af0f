using System.CommandLine;

namespace SockSort.Cli.Output;

/// <summary><c>--data DIR</c>, the same for every command that touches the log.</summary>
internal static class DataOption
{
    /// <param name="description">What the command keeps there.</param>
    public static Option<string> Create(string description = "Folder of the log") => new("--data")
    {
        Description = description,
        DefaultValueFactory = _ => "./socksort-data",
        HelpName = "DIR",
    };
}
