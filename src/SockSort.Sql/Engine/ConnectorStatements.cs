using SockSort.Sql.Connectors;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine;

/// <summary>CREATE, DROP, SHOW and DESCRIBE of connectors, by way of <see cref="IConnectors"/>.</summary>
internal sealed class ConnectorStatements(IConnectors? connectors, ListStatements lists)
{
    public Task<StatementResult> ExecuteAsync(Statement statement, CancellationToken cancellation) => statement switch
    {
        CreateConnector create => CreateAsync(create, cancellation),
        DropConnector drop => DropAsync(drop, cancellation),
        ListStatement list => lists.ConnectorsAsync(list, Known(list.Span), cancellation),
        DescribeStatement describe => DescribeAsync(describe, cancellation),
        _ => throw new InvalidOperationException($"{statement.GetType().Name} is about no connector"),
    };

    private async Task<StatementResult> CreateAsync(CreateConnector statement, CancellationToken cancellation)
    {
        var known = Known(statement.NameSpan);
        if (statement.IfNotExists && (await known.ListAsync(cancellation)).Any(connector => connector.Name == statement.Name))
            return new MessageResult($"Connector {statement.Name} already exists");
        var settings = statement.With.Items.ToDictionary(item => item.Name, item => item.Value is StringLiteral text ? text.Value : item.Value.ToString());
        try
        {
            var notes = await known.CreateAsync(statement.Name, statement.IsSource, settings, cancellation);
            return new MessageResult($"Created connector {statement.Name}", notes);
        }
        catch (Exception error) when (error is not OperationCanceledException and not SqlException)
        {
            throw SqlErrors.ConnectorFailed(error.Message, statement.NameSpan);
        }
    }

    private async Task<StatementResult> DropAsync(DropConnector statement, CancellationToken cancellation)
    {
        var known = Known(statement.NameSpan);
        if (await known.DropAsync(statement.Name, cancellation))
            return new MessageResult($"Dropped connector \"{statement.Name}\"");
        if (statement.IfExists)
            return new MessageResult($"Connector '{statement.Name}' does not exist.");
        throw SqlErrors.ConnectorNotFound(statement.Name, (await known.ListAsync(cancellation)).Select(connector => connector.Name), statement.NameSpan);
    }

    private async Task<StatementResult> DescribeAsync(DescribeStatement statement, CancellationToken cancellation)
    {
        var all = await Known(statement.NameSpan).ListAsync(cancellation);
        return all.FirstOrDefault(connector => connector.Name == statement.Name) is { } found
            ? new ConnectorResult(found with { Settings = found.Settings.ToDictionary(setting => setting.Key, setting => SecretText.IsSecret(setting.Key) ? "********" : setting.Value) })
            : throw SqlErrors.ConnectorNotFound(statement.Name!, all.Select(connector => connector.Name), statement.NameSpan);
    }

    private IConnectors Known(SourceSpan at) => connectors ?? throw SqlErrors.NoConnectors(at);
}
