using System.CommandLine;
using SockSort.Cli.Commands.Model;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort model</c>: inspects and creates model packages.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", """
        Shows model packages, and makes one of any ONNX classifier.

        Example:
          socksort model show model.tar.gz
        """)
    {
        ModelPackCommand.Create(),
        ModelShowCommand.Create(),
    };
}
