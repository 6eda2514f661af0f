using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Deploy.Flink;
using SockSort.Deploy.Flink.Gateway;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands.Deploy;

/// <summary><c>socksort deploy flink</c>: translates a script to Flink SQL, and submits it.</summary>
internal static class DeployFlinkCommand
{
    private static readonly Uri GatewayExample = new("http://127.0.0.1:8083");
    private static readonly Uri RestExample = new("http://127.0.0.1:8081");

    private static readonly Argument<FileInfo> Script = new("FILE") { Description = "The script; statements end with ';'" };

    public static Command Create()
    {
        var command = new Command("flink", """
            Translates a script to Flink SQL, submits it through Flink's SQL Gateway, and waits until its jobs run. Jobs that run already
            are left; where one runs that was made of another text that is told, and nothing is submitted. What Flink cannot do as ksqlDB
            does it is refused with its place and the reason, and then nothing is translated. With --dry-run the statements are printed.

            Example:
              socksort deploy flink pairs.ksql --kafka kafka:9092 --dry-run > pairs.sql
              socksort deploy flink pairs.ksql --kafka kafka:9092 --gateway http://127.0.0.1:8083
              socksort deploy flink pairs.ksql --kafka kafka:9092 --gateway http://127.0.0.1:8083 --status
              socksort deploy flink pairs.ksql --kafka kafka:9092 --gateway http://127.0.0.1:8083 --cancel --savepoints s3://socks/saved
            """)
        {
            Script,
        };
        FlinkCommandOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var file = line.GetRequiredValue(Script);
        var script = KsqlScript.Read(new SourceText(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation)));
        var login = line.GetValue(FlinkCommandOptions.KafkaProperties) is { } properties ? FlinkLogin.Read(properties.FullName) : null;
        var program = FlinkTranslation.Of(
            script, line.GetRequiredValue(FlinkCommandOptions.Kafka), line.GetValue(FlinkCommandOptions.IdleTimeout), login);
        var address = line.GetValue(FlinkCommandOptions.Gateway);
        if (line.GetValue(DeployOptions.DryRun) && !line.GetValue(FlinkCommandOptions.Cancel))
            Print(program, line, isDeployed: address is not null);
        return address is null ? ExitCode.Done : await DeployAsync(program, address, line, cancellation);
    }

    private static void Print(FlinkProgram program, ParseResult line, bool isDeployed)
    {
        var output = line.InvocationConfiguration.Output;
        if (!line.GetValue(DeployOptions.Json) && program.HidesSecrets)
            output.WriteLine("-- '***' stands for secrets of the file of --kafka-properties\n");
        if (!line.GetValue(DeployOptions.Json))
            output.Write(string.Concat(program.Statements.Select(statement => $"{statement};\n\n")));
        else if (!isDeployed)
            output.WriteLine(JsonOutput.Of(new { program.Statements }));
    }

    private static async Task<int> DeployAsync(FlinkProgram program, string address, ParseResult line, CancellationToken cancellation)
    {
        var (url, user, password) = ServerConnection.Read(address, line, GatewayExample);
        using var gateway = new FlinkGateway(url, user, password);
        using var rest = line.GetValue(FlinkCommandOptions.Rest) is { } typed
            ? new FlinkRest(ServerConnection.Read(typed, line, RestExample).Server)
            : null;
        var options = new FlinkOptions
        {
            Timeout = line.GetValue(DeployOptions.Timeout),
            Properties = FlinkCommandOptions.PropertiesOf(line),
            Savepoints = line.GetValue(FlinkCommandOptions.Savepoints),
            FromSavepoints = FlinkCommandOptions.SavepointsOf(line),
            Rest = rest,
        };
        return await DeployRun.RunAsync(new FlinkDeployment(gateway, program, options), line, cancellation, FlinkCommandOptions.Cancel);
    }
}
