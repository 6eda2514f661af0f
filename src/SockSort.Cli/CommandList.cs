using System.CommandLine;
using SockSort.Cli.Commands;
#if EDGE
using SockSort.Cli.Edge;
#endif

namespace SockSort.Cli;

/// <summary>Every command of <c>socksort</c>, in the order of the way; one file each under <c>Commands/</c>.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        .. OfTheTrainer(),
        PhotosCommand.Create(),
        Im2RecCommand.Create(),
        DatasetCommand.Create(),
        ModelCommand.Create(),
        ClassifyCommand.Create(),
        ServeModelCommand.Create(),
        EdgeCommand.Create(),
        TopicCommand.Create(),
        SqlCommand.Create(),
        ServerCommand.Create(),
        RunCommand.Create(),
        CheckCommand.Create(),
        ConfigCommand.Create(),
        MqttPasswdCommand.Create(),
    ];

    /// <summary>Those that need it; in the program for the edge each says where it is.</summary>
    private static IEnumerable<Command> OfTheTrainer() =>
#if EDGE
        from name in (string[])["demo", "train", "evaluate", "sagemaker", "bench"] select AbsentCommand.Create(name);
#else
    [
        DemoCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        SagemakerCommand.Create(),
        BenchCommand.Create(),
    ];
#endif
}
