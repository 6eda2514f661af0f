using System.CommandLine;
using SockSort.Cli.Sql;
using SockSort.Deploy.Connectors;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands.Deploy;

/// <summary><c>socksort deploy connect</c>: brings connectors to a Kafka Connect cluster.</summary>
internal static class DeployConnectCommand
{
    private static readonly Uri Example = new("http://127.0.0.1:8083");

    private static readonly Argument<FileInfo> Connectors = new("FILE")
    {
        Description = "A script, of which the CREATE … CONNECTOR statements are taken, or the connectors as JSON (*.json)",
    };

    private static readonly Option<string> Connect = new("--connect")
    {
        Description = "The address of any worker of the cluster",
        HelpName = "URL",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("connect", """
            Makes the connectors of a script, or of a JSON file, on a Kafka Connect cluster (or on ours), or changes them to what the file
            has. The cluster checks all of them first: where one could not run, nothing is changed.

            Example:
              socksort deploy connect sock.ksql --connect http://127.0.0.1:8083 --dry-run
              socksort deploy connect connectors.json --connect http://127.0.0.1:8083
            """)
        {
            Connectors, Connect,
        };
        DeployOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var connectors = await ReadAsync(line.GetRequiredValue(Connectors), cancellation);
        var (cluster, user, password) = ServerConnection.Read(line.GetRequiredValue(Connect), line, Example);
        using var connect = new ConnectRest(cluster, user, password);
        var deployment = new ConnectDeployment(connect, connectors, line.GetValue(DeployOptions.Timeout));
        return await DeployRun.RunAsync(deployment, line, cancellation);
    }

    private static async Task<ConnectorFile> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(file.FullName, cancellation);
        return file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? ConnectorFile.ReadJson(file.Name, text)
            : ConnectorFile.ReadScript(new SourceText(file.Name, text));
    }
}
