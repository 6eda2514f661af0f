using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Connectors;

/// <summary>Follows the statements about connectors: which connectors they leave, and which of those are paused.</summary>
/// <remarks>
/// A start brings back only these: a connector that was dropped and made again is not made, dropped and made once more, since
/// dropping it makes the broker forget what it keeps.
/// </remarks>
internal sealed class KeptConnectors
{
    private readonly SortedDictionary<string, KeptConnector> _left = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KeptConnector> Left => _left.Values;

    public KeptConnector? Find(string name) => _left.GetValueOrDefault(name);

    /// <param name="statement">
    /// A statement that has been carried out, in this run or an earlier one; only those about connectors change anything.
    /// </param>
    public void Apply(Statement statement)
    {
        switch (statement)
        {
            case CreateConnector { IfNotExists: true } create when _left.ContainsKey(create.Name):
                break;
            // Over one that is there: it has got other settings, and stays paused where it was.
            case CreateConnector create:
                _left[create.Name] = new(create, Find(create.Name)?.IsPaused == true);
                break;
            case DropConnector drop:
                _ = _left.Remove(drop.Name);
                break;
            case ControlConnector { Action: not ConnectorAction.Restart } control when _left.TryGetValue(control.Name, out var kept):
                _left[control.Name] = kept with { IsPaused = control.Action == ConnectorAction.Pause };
                break;
            default:
                break;
        }
    }

    /// <summary>Whether the statement's connector exists with the very same settings.</summary>
    public bool Has(CreateConnector statement) => Find(statement.Name) is { } kept && ConnectorSettings.AreSame(kept.Statement, statement);
}

/// <param name="Statement">The statement that made the connector.</param>
internal sealed record KeptConnector(CreateConnector Statement, bool IsPaused);
