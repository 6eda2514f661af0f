using System.Text.Json.Nodes;
using SockSort.Log;
using SockSort.Server.Ksql.Requests;
using SockSort.Sql;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Server.Ksql.Statements;

/// <summary>Runs the statements of a <c>/ksql</c> request in order.</summary>
internal sealed class StatementRunner(SharedEngine shared)
{
    private const string SourceName = "statement";

    /// <summary>Runs the statements and returns their entities; statements that only change the request's session have none.</summary>
    /// <exception cref="RestException">
    /// A statement is wrong. If the text cannot be parsed, no statement was run; otherwise those before it were.
    /// </exception>
    public async Task<JsonArray> RunAsync(string text, SqlSession session, CancellationToken cancellation)
    {
        var source = new SourceText(SourceName, text);
        RequireWellFormed(source, session);
        var entities = new JsonArray();
        Statement? at = null;
        try
        {
            await RunAllAsync(new SqlParser(source, session.Variables), session, statement => at = statement, entities, cancellation);
            await EndDroppedAsync(session, entities);
            return entities;
        }
        catch (SqlException error)
        {
            throw new StatementException(RestErrors.BadStatement(error), TextOf(at), entities);
        }
        catch (LogException error)
        {
            throw new StatementException(RestErrors.Storage(error), TextOf(at), entities);
        }
        catch (RestException error)
        {
            throw new StatementException(error, TextOf(at), entities);
        }
    }

    /// <summary>Runs all statements and syncs the disk once: no statement is answered before the last one has run.</summary>
    private async Task RunAllAsync(
        SqlParser parser, SqlSession session, Action<Statement> begun, JsonArray entities, CancellationToken cancellation)
    {
        var hasChanged = false;
        try
        {
            while (parser.Next() is { } statement)
            {
                begun(statement);
                if (await RunOneAsync(statement, session, cancellation) is { } entity)
                    entities.Add(entity);
                hasChanged |= statement.Is(StatementTraits.Changes);
            }
        }
        finally
        {
            if (hasChanged)
                shared.CommandLog.Commit();
        }
    }

    /// <summary>
    /// Ends the broker sessions of connectors that the request has dropped and not recreated. If a statement failed they are kept, since
    /// the request may be retried.
    /// </summary>
    private async Task EndDroppedAsync(SqlSession session, JsonArray entities)
    {
        foreach (var (connector, note) in await shared.Engine.EndScriptAsync(session))
        {
            var dropped = entities.LastOrDefault(entity => (string?)entity!["commandId"] == CommandIds.OfDrop(connector));
            (dropped?["warnings"] as JsonArray)?.Add(new JsonObject { ["message"] = note });
        }
    }

    /// <summary>Runs the single SELECT or PRINT of a query request.</summary>
    /// <exception cref="RestException">400: it is wrong, another statement, or returns too many rows.</exception>
    public async Task<StatementResult> QueryAsync(string text, SqlSession session, CancellationToken cancellation)
    {
        var source = new SourceText(SourceName, text);
        try
        {
            var statements = SqlParser.Parse(source, session.Variables);
            var result = statements is [QueryStatement or PrintTopic]
                ? await shared.Engine.ExecuteAsync(statements[0], session, cancellation)
                : throw RestErrors.UseKsqlEndpoint();
            return result is RowsResult { Rows.Count: var rows } && rows > shared.Options.MostPullRows
                ? throw RestErrors.TooManyRows(rows, shared.Options.MostPullRows)
                : result;
        }
        catch (SqlException error)
        {
            throw new StatementException(RestErrors.BadStatement(error), source.Shown.Trim(), []);
        }
    }

    private static string TextOf(Statement? statement) => statement is null ? "" : $"{statement.Span.Shown};";

    /// <summary>Checks all statements first, so that a mistake in the last one does not leave the first ones executed.</summary>
    private static void RequireWellFormed(SourceText source, SqlSession session)
    {
        // DEFINE in the request changes the statements after it, so they can only be parsed when they run.
        if (source.Text.Contains("DEFINE", StringComparison.OrdinalIgnoreCase))
            return;
        try
        {
            _ = SqlParser.Parse(source, session.Variables);
        }
        catch (SqlException error)
        {
            throw new StatementException(RestErrors.BadStatement(error), source.Shown.Trim(), []);
        }
    }

    private async Task<JsonObject?> RunOneAsync(Statement statement, SqlSession session, CancellationToken cancellation)
    {
        if (statement.Is(StatementTraits.GivesRows))
            throw RestErrors.UseQueryEndpoint(statement is PrintTopic ? "PRINT" : "SELECT");
        if (shared.Options.IsReadOnly && statement.Is(StatementTraits.Changes))
            throw RestErrors.ReadOnly();
        var result = await shared.CommandLog.ExecuteLaterAsync(statement, session, cancellation);
        var entity = statement switch
        {
            SetProperty or DefineVariable or InsertValues => null,
            ListStatement list => ListEntities.Of(list, result, shared.Engine.Snapshot()),
            DescribeStatement describe => DescribeEntities.Of(describe, result, shared.Engine.Snapshot()),
            ExplainStatement explain => DescribeEntities.Of(explain, (TextResult)result, shared.Engine.Snapshot()),
            _ => StatusOf(statement, (MessageResult)result),
        };
        if (entity is null)
            return null;
        entity["statementText"] = TextOf(statement);
        entity["warnings"] ??= new JsonArray();
        return entity;
    }

    /// <remarks>
    /// Warnings are those that ksqlDB gives about connectors, because clients that expect no others (the .NET one) fail on them. Other
    /// warnings are printed by the command line.
    /// </remarks>
    private JsonObject StatusOf(Statement statement, MessageResult result)
    {
        if (result.IsWarning)
            return new JsonObject { ["@type"] = "warning_entity", ["message"] = result.Message };
        if (result.EndedPushQuery)
            return new JsonObject { ["@type"] = "terminate_query", ["queryId"] = result.QueryId, ["wasTerminated"] = true };
        IReadOnlyList<string> warnings = statement.Is(StatementTraits.OfConnector) ? result.Notes : [];
        var id = CommandIds.Of(statement, result);
        return new JsonObject
        {
            ["@type"] = "currentStatus",
            ["commandId"] = id,
            ["commandStatus"] = new JsonObject { ["status"] = "SUCCESS", ["message"] = result.Message, ["queryId"] = result.QueryId },
            ["commandSequenceNumber"] = shared.RecordOutcome(id, result.Message),
            ["warnings"] = new JsonArray([.. warnings.Select(note => new JsonObject { ["message"] = note })]),
        };
    }
}
