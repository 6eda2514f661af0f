using System.CommandLine;
using SockSort.Cli.Commands.Model;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort model</c>: inspects and creates model packages, and keeps their versions.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", """
        Shows model packages, makes one of any ONNX classifier, and says which version of one is in use.

        Example:
          socksort model show model.tar.gz
        """)
    {
        ModelPackCommand.Create(),
        ModelShowCommand.Create(),
        ModelListCommand.Create(),
#if !EDGE
        ModelDiffCommand.Create(),
#endif
        ModelUseCommand.Create(),
        ModelRollbackCommand.Create(),
    };
}
