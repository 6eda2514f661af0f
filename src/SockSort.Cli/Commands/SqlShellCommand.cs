using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Client.Prompt;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql [URL]</c>: a prompt that is connected to a server.</summary>
internal static class SqlShellCommand
{
    private const int LeastWidth = 80;

    private static readonly Argument<string?> Url = new("URL")
    {
        Description = "The server; http://127.0.0.1:8088 by default",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> Execute = new("--execute", "-e")
    {
        Description = "Run these statements and end",
        HelpName = "SQL",
    };
    private static readonly Option<FileInfo?> Script = new("--file", "-f")
    {
        Description = "Run the statements of a file and end",
        HelpName = "FILE",
    };

    /// <summary>Makes the prompt the default action of <c>sql</c>.</summary>
    public static void AddTo(Command sql)
    {
        sql.Arguments.Add(Url);
        sql.Options.Add(Execute);
        sql.Options.Add(Script);
        sql.Options.Add(ServerConnection.User);
        sql.Options.Add(ServerConnection.PasswordFile);
        sql.SetAction(RunAsync);
    }

    /// <summary>Whether the shell handles Ctrl-C itself: it ends a query instead of the program.</summary>
    public static bool TakesInterrupts(ParseResult line) => line.CommandResult.Command.Name == "sql";

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        using var client = ServerConnection.Open(line.GetValue(Url), line);
        var output = line.InvocationConfiguration.Output;
        var width = Console.IsOutputRedirected ? LeastWidth : Math.Max(LeastWidth, Console.WindowWidth);
        var shell = new SqlShell(client, output, width);
        if (line.GetValue(Execute) is { } statements)
            return await Interrupts.RunAsync(token => shell.RunAsync(new SourceText("--execute", statements), token))
                ? ExitCode.Done
                : ExitCode.Failed;
        if (line.GetValue(Script) is { } script)
            return await Interrupts.RunAsync(token => shell.RunFileAsync(script.FullName, token)) ? ExitCode.Done : ExitCode.Failed;
        var info = await client.InfoAsync(cancellation);
        if (Console.IsInputRedirected)
            return await RunAllAsync(shell, Console.In) ? ExitCode.Done : ExitCode.Failed;
        output.WriteLine($"SockSort SQL, server {info["version"]} at {client.Server.GetLeftPart(UriPartial.Authority)}; 'help' "
            + "tells more, 'exit' ends\n");
        await new SqlPrompt(shell, output).RunAsync();
        return ExitCode.Done;
    }

    private static async Task<bool> RunAllAsync(SqlShell shell, TextReader input)
    {
        var text = await input.ReadToEndAsync();
        return await Interrupts.RunAsync(token => shell.RunAsync(new SourceText("input", text), token));
    }
}
