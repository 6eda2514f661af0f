using SockSort.Shared;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs CREATE, DROP, PAUSE, RESUME, RESTART, SHOW and DESCRIBE of connectors, by way of <see cref="IConnectors"/>.</summary>
/// <param name="connectors">Runs the connectors; null where there are none.</param>
/// <param name="keep">
/// Makes durable that the statement is carried out; not called for one that changes nothing. Null: nothing is kept.
/// </param>
internal sealed class ConnectorStatements(IConnectors? connectors, Action? keep)
{
    public async Task<StatementResult> ExecuteAsync(Statement statement, SqlSession session, CancellationToken cancellation) =>
        statement switch
        {
            CreateConnector create => await CreateAsync(create, cancellation),
            DropConnector drop => await DropAsync(drop, session, cancellation),
            ControlConnector control => await ControlAsync(control, cancellation),
            ListStatement list => ListStatements.Connectors(list, Known(list.Span)),
            DescribeStatement describe => Describe(describe),
            _ => throw new InvalidOperationException($"{statement.GetType().Name} is about no connector"),
        };

    private async Task<MessageResult> CreateAsync(CreateConnector statement, CancellationToken cancellation)
    {
        var known = Known(statement.NameSpan);
        if (statement.IfNotExists && Exists(known, statement.Name))
            return new MessageResult($"Connector {statement.Name} already exists") { IsWarning = true };
        var settings = ConnectorSettings.Of(statement);
        IReadOnlyList<string> notes;
        try
        {
            notes = await known.CreateAsync(statement.Name, statement.IsSource, settings, cancellation);
        }
        catch (ExpectedException error) when (error is not SqlException)
        {
            throw ConnectorErrors.Failed(error.Message, statement.NameSpan);
        }
        await KeepOrUndoAsync(known, statement.Name);
        return new MessageResult($"Created connector {statement.Name}", notes);
    }

    /// <summary>
    /// Makes a created connector durable, or drops it again: one that would be gone at the next start must not run until then. What the
    /// broker keeps for it stays there.
    /// </summary>
    private async Task KeepOrUndoAsync(IConnectors known, string name)
    {
        try
        {
            keep?.Invoke();
        }
        catch
        {
            _ = await known.DropAsync(name, CancellationToken.None);
            throw;
        }
    }

    private async Task<MessageResult> DropAsync(DropConnector statement, SqlSession session, CancellationToken cancellation)
    {
        var known = Known(statement.NameSpan);
        if (!Exists(known, statement.Name))
            return statement.IfExists ? Absent(statement.Name) : throw NotFound(known, statement.Name, statement.NameSpan);
        keep?.Invoke();
        if (await known.DropAsync(statement.Name, cancellation) is not { } dropped)
            return Absent(statement.Name);
        var message = new MessageResult($"Dropped connector \"{statement.Name}\"");
        if (session.IsScript)
            session.Dropped.Add(dropped);
        else if (await dropped.EndAsync(cancellation) is { } note)
            return message with { Notes = [note] };
        return message;
    }

    private async Task<MessageResult> ControlAsync(ControlConnector statement, CancellationToken cancellation)
    {
        var known = Known(statement.NameSpan);
        if (!Exists(known, statement.Name))
            return statement.IfExists ? Absent(statement.Name) : throw NotFound(known, statement.Name, statement.NameSpan);
        if (statement.Action != ConnectorAction.Restart)
            keep?.Invoke();
        _ = statement.Action switch
        {
            ConnectorAction.Pause => await known.PauseAsync(statement.Name, cancellation),
            ConnectorAction.Resume => await known.ResumeAsync(statement.Name, cancellation),
            _ => await known.RestartAsync(statement.Name, cancellation),
        };
        var now = known.List().FirstOrDefault(connector => connector.Name == statement.Name);
        return new MessageResult(
            $"Connector {statement.Name} {Done(statement.Action, now)}",
            now is { HasFailed: true } ? [$"connector '{now.Name}' has failed: {now.Trace}"] : []);
    }

    private static string Done(ConnectorAction action, ConnectorInfo? now) => action switch
    {
        ConnectorAction.Pause => "paused",
        ConnectorAction.Resume => "resumed",
        _ when now?.State == ConnectorInfo.Paused => $"stays paused; RESUME CONNECTOR {SqlPrinter.Name(now.Name)} lets it go on",
        _ => "restarted",
    };

    private ConnectorResult Describe(DescribeStatement statement)
    {
        var known = Known(statement.NameSpan);
        var found = known.List().FirstOrDefault(connector => connector.Name == statement.Name)
            ?? throw NotFound(known, statement.Name!, statement.NameSpan);
        return new ConnectorResult(found with { Settings = found.Settings.ToDictionary(setting => setting.Key, Shown) });
    }

    private static string Shown(KeyValuePair<string, string> setting) => SecretText.Shown(setting.Key, setting.Value);

    private static bool Exists(IConnectors known, string name) => known.List().Any(connector => connector.Name == name);

    private static MessageResult Absent(string name) => new($"Connector '{name}' does not exist.") { IsWarning = true };

    private static SqlException NotFound(IConnectors known, string name, SourceSpan at) =>
        ConnectorErrors.NotFound(name, known.List().Select(connector => connector.Name), at);

    private IConnectors Known(SourceSpan at) => connectors ?? throw ConnectorErrors.NoneHere(at);
}
