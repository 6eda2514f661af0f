using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Commands;

/// <summary>
/// Finds what a script that is applied at each start means by <c>DROP CONNECTOR x; CREATE … CONNECTOR x</c>: that the last one exists.
/// </summary>
internal sealed class ReplacedConnectors
{
    private readonly HashSet<Statement> _superseded = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Statement, DropConnector> _dropBefore = new(ReferenceEqualityComparer.Instance);

    public ReplacedConnectors(IEnumerable<Statement> statements)
    {
        var made = new Dictionary<string, List<Statement>>(StringComparer.Ordinal);
        var dropped = new Dictionary<string, DropConnector>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (statement is DropConnector drop)
                dropped[drop.Name] = drop;
            else if (statement is CreateConnector create)
                Note(create, made, dropped);
        }
    }

    /// <summary>Whether later statements undo the statement, or the CREATE that follows does it too.</summary>
    public bool IsSuperseded(Statement statement) => _superseded.Contains(statement);

    /// <summary>The statement that makes room for a connector of the same name and other settings; null for none.</summary>
    public DropConnector? DropBefore(Statement statement) => _dropBefore.GetValueOrDefault(statement);

    private void Note(CreateConnector create, Dictionary<string, List<Statement>> made, Dictionary<string, DropConnector> dropped)
    {
        if (!made.TryGetValue(create.Name, out var earlier))
            made[create.Name] = earlier = [];
        if (dropped.Remove(create.Name, out var drop))
        {
            _superseded.UnionWith(earlier);
            _ = _superseded.Add(drop);
            earlier.Clear();
            _dropBefore[create] = drop;
        }
        earlier.Add(create);
    }
}
