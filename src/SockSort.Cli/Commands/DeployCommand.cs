using System.CommandLine;
using SockSort.Cli.Commands.Deploy;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort deploy</c>: brings scripts and connectors to other systems.</summary>
internal static class DeployCommand
{
    public static Command Create() => new("deploy", """
        Brings a script, or its connectors, to the systems that it can move to when one machine is not enough. Run twice, the second time
        changes nothing, and says so.

        Example:
          socksort deploy ksqldb sock.ksql --server http://127.0.0.1:8088 --dry-run
          socksort deploy connect sock.ksql --connect http://127.0.0.1:8083
          socksort deploy flink pairs.ksql --kafka kafka:9092 --dry-run
        """)
    {
        DeployKsqldbCommand.Create(),
        DeployConnectCommand.Create(),
        DeployFlinkCommand.Create(),
    };
}
