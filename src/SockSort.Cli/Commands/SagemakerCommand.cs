using System.CommandLine;
using SockSort.Cli.Commands.Sagemaker;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sagemaker</c>: the entry points that SageMaker requires of a container.</summary>
internal static class SagemakerCommand
{
    public static Command Create() => new("sagemaker", """
        Runs as a container of SageMaker: files below /opt/ml, and a model over HTTP.

        Example:
          socksort sagemaker train
          socksort sagemaker serve
        """)
    {
        SagemakerTrainCommand.Create(),
        SagemakerServeCommand.Create(),
    };
}
