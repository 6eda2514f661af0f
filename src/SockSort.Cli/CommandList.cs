using System.CommandLine;
using SockSort.Cli.Commands;

namespace SockSort.Cli;

/// <summary>Every command of <c>socksort</c>, in the order of the way; one file each under <c>Commands/</c>.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        DemoCommand.Create(),
        PhotosCommand.Create(),
        Im2RecCommand.Create(),
        DatasetCommand.Create(),
        TrainCommand.Create(),
        EdgeCommand.Create(),
        TopicCommand.Create(),
        SqlCommand.Create(),
        ServerCommand.Create(),
        BenchCommand.Create(),
    ];
}
