using System.CommandLine;
using SockSort.Log;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Parts;

/// <summary>Brings back what statements of earlier runs have made, and makes what a queries file asks for.</summary>
/// <param name="sql">Not yet started.</param>
/// <param name="log">Keeps the statements.</param>
/// <param name="console">Told what was done, and what could not be.</param>
internal sealed class KeptStatements(SqlParts sql, ILog log, InvocationConfiguration console)
{
    /// <summary>Starts connectors and queries when all is there.</summary>
    /// <param name="queries">The user's script; null where there is none.</param>
    /// <exception cref="SockSort.Sql.SqlException">A statement of the file is wrong.</exception>
    public async Task<CommandLog> RestoreAsync(FileInfo? queries, CancellationToken cancellation)
    {
        var script = queries is null
            ? null
            : new SourceText(queries.Name, await File.ReadAllTextAsync(queries.FullName, cancellation));
        return await RestoreAsync(script is null ? [] : [script], cancellation);
    }

    /// <summary>Starts connectors and queries when all is there.</summary>
    /// <param name="scripts">Applied in this order.</param>
    /// <param name="cancellation">Ends the waiting for brokers.</param>
    /// <exception cref="SockSort.Sql.SqlException">A statement of a script is wrong.</exception>
    public async Task<CommandLog> RestoreAsync(IReadOnlyList<SourceText> scripts, CancellationToken cancellation)
    {
        var commands = new CommandLog(sql.Engine, log);
        // First what is to run is worked out to its end: a broker forgets what it keeps for a connector that is dropped on the way.
        sql.Worker.Hold();
        await ReplayAsync(commands, cancellation);
        foreach (var script in scripts)
            await ApplyAsync(commands, script, cancellation);
        await sql.Worker.ReleaseAsync(cancellation);
        sql.Engine.Start();
        return commands;
    }

    private static string ReasonOf(CommandLog commands, Statement statement) => commands.IsShared && statement.Is(StatementTraits.ToExist)
        ? "servers that share their work run no connectors and insert no rows by a file, since each of them would"
        : "a queries file only makes what is to exist";

    private async Task ReplayAsync(CommandLog commands, CancellationToken cancellation)
    {
        var (statements, problems) = await commands.ReplayAsync(cancellation);
        foreach (var problem in problems)
            console.Error.WriteLine($"note: {problem}");
        if (statements > 0)
            console.Output.WriteLine($"restored what {statements} statements of earlier runs have made");
    }

    private async Task ApplyAsync(CommandLog commands, SourceText script, CancellationToken cancellation)
    {
        var queries = new QueriesFile(commands)
        {
            PassedOver = statement =>
                console.Error.WriteLine($"note: {statement.Span.Place}: passed over, {ReasonOf(commands, statement)}"),
            Ran = (_, result) =>
            {
                if (result is MessageResult { Message.Length: > 0 } message)
                    console.Output.WriteLine(string.Join("; ", [message.Message, .. message.Notes]));
            },
        };
        var (run, present) = await queries.ApplyAsync(script, cancellation);
        console.Output.WriteLine($"{script.Name}: {run} statements run, {present} were in force already");
    }
}
