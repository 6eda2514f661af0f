using System.Text.Json.Nodes;
using SockSort.Client.Prompt;
using SockSort.Client.Rest;

namespace SockSort.Deploy.KsqlDb;

/// <summary>Sends statements one by one, and waits until the server has done each.</summary>
internal sealed class KsqlCommands(KsqlClient client, TimeSpan timeout)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private long? _last;

    /// <summary>How many are to be sent in all, for messages of a work that ends early.</summary>
    public required int Planned { get; init; }

    public int Done { get; private set; }

    /// <summary>Runs a statement of the script.</summary>
    /// <returns>The id of the query that it has started; empty for none.</returns>
    /// <exception cref="DeployException">The server refuses it, has not done it in time, or is lost.</exception>
    public Task<string> RunAsync(ScriptStatement statement, CancellationToken cancellation) =>
        RunAsync(statement, statement.Request(_last), cancellation);

    /// <summary>Runs statements that undo one of the script.</summary>
    /// <inheritdoc cref="RunAsync(ScriptStatement, CancellationToken)"/>
    public Task<string> UndoAsync(ScriptStatement statement, string undo, CancellationToken cancellation) =>
        RunAsync(statement, new KsqlRequest(undo) { After = _last }, cancellation);

    private async Task<string> RunAsync(ScriptStatement statement, KsqlRequest request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            var query = "";
            foreach (var entity in await client.ExecuteAsync(request, limit.Token))
                query = await DoneAsync(entity!, limit.Token) is { Length: > 0 } started ? started : query;
            Done++;
            return query;
        }
        catch (KsqlClientException error)
        {
            var message = StatementPlace.InScript(error.Message, statement.Statement.Span);
            throw KsqlDeployErrors.Statement(error, client.Server, message, KsqlDeployErrors.Progress(Done, Planned));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw KsqlDeployErrors.Late(statement, timeout, KsqlDeployErrors.Progress(Done, Planned));
        }
    }

    private async Task<string> DoneAsync(JsonNode entity, CancellationToken cancellation)
    {
        if (entity["commandStatus"] is not { } outcome)
            return "";
        _last = (long?)entity["commandSequenceNumber"] ?? _last;
        var (status, message) = ((string?)outcome["status"] ?? "", (string?)outcome["message"] ?? "");
        // ksqlDB answers when the command is in its command topic; a worker runs it afterwards.
        while (status is "QUEUED" or "PARSING" or "EXECUTING")
        {
            await Task.Delay(Pause, cancellation);
            (status, message) = await client.StatusAsync((string)entity["commandId"]!, cancellation);
        }
        return status == "ERROR"
            ? throw new KsqlClientException(message) { Status = 400 }
            : (string?)outcome["queryId"] ?? "";
    }
}
