using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Deploy.Flink;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands.Deploy;

/// <summary><c>socksort deploy flink</c>: translates a script to Flink SQL.</summary>
internal static class DeployFlinkCommand
{
    private static readonly Argument<FileInfo> Script = new("FILE") { Description = "The script; statements end with ';'" };

    private static readonly Option<string> Kafka = new("--kafka")
    {
        Description = "Kafka's address as Flink's machines reach it",
        HelpName = "HOST:PORT",
        Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Print the statements; they are not submitted yet" };

    public static Command Create()
    {
        var command = new Command("flink", """
            Translates a script to Flink SQL, for Flink's SQL client. What Flink cannot do as ksqlDB does it is refused with its place and
            the reason, and then nothing is translated.

            Example:
              socksort deploy flink pairs.ksql --kafka kafka:9092 --dry-run > pairs.sql
            """)
        {
            Script, Kafka, DryRun,
        };
        command.Validators.Add(line =>
        {
            if (!line.GetValue(DryRun))
                line.AddError("statements are not submitted to Flink yet: --dry-run prints them, for sql-client.sh -f");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var file = line.GetRequiredValue(Script);
        var script = KsqlScript.Read(new SourceText(file.Name, await File.ReadAllTextAsync(file.FullName, cancellation)));
        foreach (var statement in FlinkTranslation.Of(script, line.GetRequiredValue(Kafka)))
            await line.InvocationConfiguration.Output.WriteLineAsync($"{statement};\n");
        return ExitCode.Done;
    }
}
