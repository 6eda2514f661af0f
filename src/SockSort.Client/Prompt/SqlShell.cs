using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Client.Rest;
using SockSort.Client.Results;
using SockSort.Sql;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Client.Prompt;

/// <summary>Runs typed statements or scripts on a server, and prints their results as ksqlDB's command line does.</summary>
public sealed class SqlShell(KsqlClient client, TextWriter output, int width)
{
    private const string Help = """
        Statements end with ';'. SELECT … EMIT CHANGES and PRINT show rows until Ctrl-C.
          run script 'FILE';   runs the statements of a file
          help, history, clear, exit
        """;

    private readonly SqlSession _session = new();
    private readonly SqlResultPrinter _printer = new(output, width);

    /// <summary>Names for completion: those of the streams, tables and columns that the shell has seen.</summary>
    public ISet<string> Names { get; } = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs statements that end with semicolons.</summary>
    /// <returns>False if a statement failed; its error has been printed, and the statements after it were not run.</returns>
    public async Task<bool> RunAsync(SourceText text, CancellationToken cancellation)
    {
        if (ScriptOf(text.Text) is { } file)
            return await RunFileAsync(file, cancellation);
        try
        {
            await RunScriptAsync(text, echo: false, cancellation);
            return true;
        }
        catch (Exception error) when (error is SqlException or KsqlClientException)
        {
            output.WriteLine(error.Message);
            return false;
        }
    }

    /// <summary>
    /// Runs statements in order; a push query or PRINT runs until its LIMIT or until <paramref name="cancellation"/>, which also ends the
    /// script.
    /// </summary>
    /// <param name="script">The script, which errors name.</param>
    /// <param name="echo">Whether each statement is printed before its result.</param>
    /// <param name="cancellation">Ends the running statement and the script.</param>
    /// <exception cref="SqlException">A statement cannot be parsed; those before it have run.</exception>
    /// <exception cref="KsqlClientException">
    /// The server rejects a statement or cannot be reached; those before it have run. The message begins with file, line and column.
    /// </exception>
    public async Task RunScriptAsync(SourceText script, bool echo, CancellationToken cancellation)
    {
        var parts = new ScriptParts(new SqlParser(script, _session.Variables));
        while (!cancellation.IsCancellationRequested && parts.Next() is { } statements)
        {
            try
            {
                await (statements is [var statement]
                    ? RunAsync(statement, echo, cancellation)
                    : RunTogetherAsync(statements, echo, cancellation));
            }
            catch (KsqlClientException error)
            {
                throw new KsqlClientException(StatementPlace.InScript(error.Message, statements[0].Span), error);
            }
        }
    }

    /// <summary>Runs the statements of a file.</summary>
    /// <returns>False if a statement failed or the file cannot be read; the error has been printed.</returns>
    public async Task<bool> RunFileAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(new SourceText(Path.GetFileName(file), await File.ReadAllTextAsync(file, cancellation)), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(error.Message);
            return false;
        }
    }

    /// <summary>Runs a command of the shell, a word without semicolon: <c>help</c>.</summary>
    /// <returns>False if it is not a command.</returns>
    public bool TryCommand(string line)
    {
        if (!string.Equals(line.Trim().TrimEnd(';'), "help", StringComparison.OrdinalIgnoreCase))
            return false;
        output.WriteLine(Help);
        return true;
    }

    private static string? ScriptOf(string text)
    {
        var words = text.Trim().TrimEnd(';').Split(default(char[]), 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && words[0].Equals("run", StringComparison.OrdinalIgnoreCase)
            && words[1].Equals("script", StringComparison.OrdinalIgnoreCase)
            ? words[2].Trim().Trim('\'', '"')
            : null;
    }

    /// <summary>
    /// Runs statements that the server has to receive as one script; each returns one entity, except INSERT … VALUES, which returns none.
    /// </summary>
    private async Task RunTogetherAsync(IReadOnlyList<Statement> statements, bool echo, CancellationToken cancellation)
    {
        var entities = new Queue<JsonNode?>(
            await client.RunAsync($"{statements[0].Span.To(statements[^1].Span).Text};", _session, cancellation));
        foreach (var statement in statements)
        {
            Echo(statement, echo);
            if (statement is not InsertValues && entities.TryDequeue(out var entity))
                await ShowAsync((JsonObject)entity!, cancellation);
        }
    }

    private void Echo(Statement statement, bool echo)
    {
        if (echo)
            output.WriteLine($"\nksql> {statement.Span.Shown};");
    }

    private async Task RunAsync(Statement statement, bool echo, CancellationToken cancellation)
    {
        Echo(statement, echo);
        var text = $"{statement.Span.Text};";
        switch (statement)
        {
            case SetProperty set:
                _session.SetProperty(EngineProperties.WithoutStreams(set.Name), set.Value);
                await _printer.PrintAsync(
                    new MessageResult(
                        set.Value is null
                            ? $"Successfully unset local property '{set.Name}'."
                            : $"Successfully changed local property '{set.Name}' to '{set.Value}'."),
                    cancellation);
                break;
            case DefineVariable define:
                _session.SetVariable(define.Name, define.Value);
                break;
            case QueryStatement:
                await QueryAsync(text, cancellation);
                break;
            case PrintTopic:
                await PrintAsync(text, cancellation);
                break;
            default:
                foreach (var entity in await client.RunAsync(text, _session, cancellation))
                    await ShowAsync((JsonObject)entity!, cancellation);
                break;
        }
    }

    private Task ShowAsync(JsonObject entity, CancellationToken cancellation)
    {
        CollectNames(entity);
        return _printer.PrintAsync(EntityResults.Of(entity), cancellation);
    }

    private void CollectNames(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                CollectNames(item);
        }
        else if (node is JsonObject entity)
        {
            if (entity["name"] is JsonValue value && value.TryGetValue<string>(out var name))
                _ = Names.Add(name);
            foreach (var (_, part) in entity)
                CollectNames(part);
        }
    }

    private async Task QueryAsync(string text, CancellationToken cancellation)
    {
        var table = new SqlTablePrinter(output, width);
        IReadOnlyList<SourceColumn> columns = [];
        string? note = null;
        try
        {
            await foreach (var line in client.QueryAsync(text, _session, cancellation, noted => note = noted))
            {
                if (JsonNode.Parse(line) is JsonArray row)
                    table.Row(columns, new PushedRow([.. row.Select(Value)], IsTombstone: false));
                else if (JsonNode.Parse(line) is JsonObject { } header && header["columnNames"] is JsonArray names)
                    table.Header(columns = [.. names.Select(name => new SourceColumn((string)name!, SqlType.String))]);
                else
                    throw new KsqlClientException((string?)JsonNode.Parse(line)?["message"] ?? line);
                output.Flush();
            }
            if (columns.Count > 0)
                table.Rule(columns.Count);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how a push query ends.
        }
        if (note is not null)
            output.WriteLine($"note: {note}");
        output.WriteLine(SqlResultPrinter.Terminated);
    }

    private static object? Value(JsonNode? value) => value switch
    {
        null => null,
        JsonValue plain when plain.GetValueKind() == JsonValueKind.String => plain.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private async Task PrintAsync(string text, CancellationToken cancellation)
    {
        try
        {
            await foreach (var line in client.PrintAsync(text, _session, cancellation))
            {
                output.WriteLine(line);
                output.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how PRINT ends.
        }
        output.WriteLine("Topic printing ceased");
    }
}
