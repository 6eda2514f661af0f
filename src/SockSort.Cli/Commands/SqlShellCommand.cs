using System.CommandLine;
using System.Runtime.InteropServices;
using SockSort.Cli.Output;
using SockSort.Cli.Sql.Remote;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql [URL]</c>: a prompt to a server.</summary>
internal static class SqlShellCommand
{
    private const string Prompt = "ksql> ";
    private const string Continued = ">";
    private const int LeastWidth = 80;
    private const int MostHistory = 1000;

    private static readonly string[] Words =
    [
        "ADVANCE", "AND", "ARRAY", "AS", "ASSERT", "BEGINNING", "BETWEEN", "BIGINT", "BOOLEAN", "BY", "CASE", "CAST", "CHANGES",
        "CONNECTOR", "CREATE", "DECIMAL", "DEFINE", "DESCRIBE", "DOUBLE", "DROP",
        "EMIT", "EXISTS", "EXPLAIN", "EXTENDED", "FINAL", "FROM", "FUNCTIONS", "GRACE", "GROUP", "HAVING", "HOPPING", "IF", "INNER",
        "INSERT", "INTEGER", "INTO", "JOIN", "KEY", "LEFT", "LIKE", "LIMIT", "LIST",
        "MAP", "NOT", "NULL", "OUTER", "PARTITION", "PAUSE", "PERIOD", "PRIMARY", "PRINT", "PROPERTIES", "QUERIES", "REPLACE", "RESTART",
        "RESUME", "RETENTION", "SELECT", "SESSION", "SET", "SHOW", "SIZE", "STREAM", "STREAMS",
        "STRING", "STRUCT", "TABLE", "TABLES", "TERMINATE", "TIMESTAMP", "TOPICS", "TUMBLING", "UNSET", "VALUES", "VARCHAR", "WHERE",
        "WINDOW", "WITH", "WITHIN", "exit", "help", "history", "run", "script",
    ];

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

    /// <summary>Makes the prompt what <c>sql</c> does without a further word.</summary>
    public static void AddTo(Command sql)
    {
        sql.Arguments.Add(Url);
        sql.Options.Add(Execute);
        sql.Options.Add(Script);
        sql.Options.Add(ServerConnection.User);
        sql.Options.Add(ServerConnection.PasswordFile);
        sql.SetAction(RunAsync);
    }

    /// <summary>Whether Ctrl-C is the shell's own: it ends a query, not the program.</summary>
    public static bool TakesInterrupts(ParseResult line) => line.CommandResult.Command.Name == "sql";

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        using var client = ServerConnection.Open(line.GetValue(Url), line);
        var output = line.InvocationConfiguration.Output;
        var width = Console.IsOutputRedirected ? LeastWidth : Math.Max(LeastWidth, Console.WindowWidth);
        var shell = new SqlShell(client, output, width);
        if (line.GetValue(Execute) is { } statements)
            return await InterruptibleAsync(token => shell.RunAsync(new SourceText("--execute", statements), token))
                ? ExitCode.Done
                : ExitCode.Failed;
        if (line.GetValue(Script) is { } script)
            return await InterruptibleAsync(token => shell.RunFileAsync(script.FullName, token)) ? ExitCode.Done : ExitCode.Failed;
        var info = await client.InfoAsync(cancellation);
        if (Console.IsInputRedirected)
            return await RunAllAsync(shell, Console.In) ? ExitCode.Done : ExitCode.Failed;
        output.WriteLine($"SockSort SQL, server {info["version"]} at {client.Server.GetLeftPart(UriPartial.Authority)}; 'help' "
            + "tells more, 'exit' ends\n");
        await PromptAsync(shell, output);
        return ExitCode.Done;
    }

    private static async Task<bool> RunAllAsync(SqlShell shell, TextReader input)
    {
        var text = await input.ReadToEndAsync();
        return await InterruptibleAsync(token => shell.RunAsync(new SourceText("input", text), token));
    }

    private static async Task PromptAsync(SqlShell shell, TextWriter output)
    {
        var editor = new LineEditor(
            word =>
                [
                    .. Words.Concat(shell.Names)
                    .Where(known => known.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.OrdinalIgnoreCase),
                ]);
        var history = new HistoryFile(MostHistory);
        history.ReadInto(editor.History);
        var buffer = new StatementBuffer();
        while (editor.Read(buffer.IsEmpty ? Prompt : Continued.PadLeft(Prompt.Length - 1) + " ", out var interrupted) is { } typed)
        {
            if (interrupted)
                buffer.Clear();
            else if (buffer.IsEmpty && typed.Trim().TrimEnd(';').ToUpperInvariant() is "EXIT" or "QUIT")
                break;
            else if (buffer.IsEmpty && typed.Trim().TrimEnd(';').Equals("history", StringComparison.OrdinalIgnoreCase))
                output.WriteLine(string.Join('\n', editor.History));
            else if (!(buffer.IsEmpty && (typed.Trim().Length == 0 || shell.TryCommand(typed))) && buffer.Add(typed) is { } statements)
                _ = await InterruptibleAsync(token => shell.RunAsync(new SourceText("statement", statements), token));
            history.Write(editor.History);
        }
    }

    /// <summary>Ctrl-C ends what runs, and nothing else.</summary>
    private static async Task<bool> InterruptibleAsync(Func<CancellationToken, Task<bool>> run)
    {
        using var ended = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            ended.Cancel();
        });
        try
        {
            return await run(ended.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
