using System.CommandLine;
using SockSort.Cli.Sql;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands.Deploy;

/// <summary><c>socksort deploy ksqldb</c>: brings a script to a ksqlDB server.</summary>
internal static class DeployKsqldbCommand
{
    private static readonly Argument<FileInfo> Script = new("FILE") { Description = "The script; statements end with ';'" };

    private static readonly Option<string> Server = new("--server")
    {
        Description = "The server's address",
        HelpName = "URL",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("ksqldb", """
            Sends what a script makes to a ksqlDB server (or one of ours), statement by statement, waits for each, and shows the queries
            with their states. What is there already is left; where it is there in another form that is told, and nothing is sent.

            Example:
              socksort deploy ksqldb sock.ksql --server http://127.0.0.1:8088 --dry-run
              socksort deploy ksqldb sock.ksql --server http://127.0.0.1:8088
              socksort deploy ksqldb sock.ksql --server http://127.0.0.1:8088 --status
            """)
        {
            Script, Server,
        };
        DeployOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var file = line.GetRequiredValue(Script);
        var script = KsqlScript.Read(new SourceText(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation)));
        using var client = ServerConnection.Open(line.GetRequiredValue(Server), line);
        var deployment = new KsqlDeployment(client, script, line.GetValue(DeployOptions.Timeout));
        return await DeployRun.RunAsync(deployment, line, cancellation);
    }
}
