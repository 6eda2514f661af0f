using System.CommandLine;
using SockSort.Cli.Commands.Bench;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort bench</c>: measures whole jobs and compares them with the tools that they replace.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", """
        Measures whole jobs, in turns with the tool that they replace where one is given.

        Example:
          socksort bench im2rec --photos photos
        """)
    {
        BenchIm2RecCommand.Create(),
        BenchTrainCommand.Create(),
        BenchTeachCommand.Create(),
        BenchSqlCommand.Create(),
        BenchKafkaCommand.Create(),
        BenchServerCommand.Create(),
        BenchMqttCommand.Create(),
        BenchClassifyCommand.Create(),
        BenchEdgeCommand.Create(),
        BenchDashboardCommand.Create(),
    };
}
