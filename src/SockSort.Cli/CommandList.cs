using System.CommandLine;
using SockSort.Cli.Commands;
#if EDGE
using SockSort.Cli.Edge;
#endif

namespace SockSort.Cli;

/// <summary>Every command of <c>socksort</c>, in the order of the data flow; one file for each in <c>Commands/</c>.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        .. TrainerCommands(),
        PhotosCommand.Create(),
        Im2RecCommand.Create(),
        DatasetCommand.Create(),
        ModelCommand.Create(),
        ClassifyCommand.Create(),
        ServeModelCommand.Create(),
        EdgeCommand.Create(),
        TopicCommand.Create(),
        SqlCommand.Create(),
        SortingCommand.Create(),
        ServerCommand.Create(),
        DeployCommand.Create(),
        RunCommand.Create(),
        CheckCommand.Create(),
        ConfigCommand.Create(),
        MqttPasswdCommand.Create(),
    ];

    /// <summary>Commands that need the trainer; in the program for the edge each of them only names the full program.</summary>
    private static IEnumerable<Command> TrainerCommands() =>
#if EDGE
        from name in (string[])["demo", "teach", "train", "evaluate", "sagemaker", "bench"] select AbsentCommand.Create(name);
#else
    [
        DemoCommand.Create(),
        TeachCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        SagemakerCommand.Create(),
        BenchCommand.Create(),
    ];
#endif
}
