using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql explain</c>: prints the plans of a script's queries.</summary>
internal static class SqlExplainCommand
{
    private static readonly Argument<FileInfo> Script = new("FILE")
    {
        Description = "The script; nothing of it is run but what defines streams, tables and types",
    };

    public static Command Create()
    {
        var command = new Command("explain", """
            Print the operators of each query of a script as a tree: the result first, the sources last

            Example: socksort sql explain samples/sock.ksql
            """)
        {
            Script,
        };
        command.SetAction(
            (line, cancellation) => RunAsync(line.InvocationConfiguration.Output, line.GetRequiredValue(Script), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, FileInfo script, CancellationToken cancellation)
    {
        await using var engine = new SqlEngine(new MemoryLog(), new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        var parser = new SqlParser(
            new SourceText(script.Name, await File.ReadAllTextAsync(script.FullName, cancellation)), session.Variables);
        while (parser.Next() is { } statement)
        {
            if (statement.Is(StatementTraits.HasQuery))
                await ExplainAsync(output, engine, session, statement, cancellation);
            if (statement.Is(StatementTraits.Defines) || statement.Is(StatementTraits.OfSession))
                _ = await engine.ExecuteAsync(statement, session, cancellation);
        }
        return ExitCode.Done;
    }

    private static async Task ExplainAsync(
        TextWriter output, SqlEngine engine, SqlSession session, Statement statement, CancellationToken cancellation)
    {
        var (line, _) = statement.Span.Source!.PositionOf(statement.Span.Start);
        var explained = await engine.ExecuteAsync(new ExplainStatement(null, statement, statement.Span), session, cancellation);
        await output.WriteLineAsync($"{statement.Span.Source.Name}:{line}: {Title(statement)}\n{((TextResult)explained).Text}\n");
    }

    private static string Title(Statement statement) => statement switch
    {
        CreateAsSelect create => $"CREATE {(create.IsTable ? "TABLE" : "STREAM")} {create.Name}",
        InsertSelect insert => $"INSERT INTO {insert.Target}",
        QueryStatement { Query.Emit: null } => "SELECT (a pull query)",
        _ => "SELECT (a push query)",
    };
}
