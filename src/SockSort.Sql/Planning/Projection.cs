using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>A column of the result before it is bound.</summary>
/// <param name="Canonical">The expression's canonical form, which tells whether it is a part of the key.</param>
internal sealed record ProjectedItem(string Name, Expression Expression, string Canonical);

/// <summary>Names the columns of a SELECT as ksqlDB does: aliases, column names, field names, then KSQL_COL_n.</summary>
internal sealed class ProjectionNames(FromPlan from)
{
    private readonly HashSet<string> _taken =
    [
        .. from.Sources.SelectMany(source => source.Source.Schema.All.Select(column => column.Name)),
    ];
    private int _next;

    /// <summary>Whether more than one source of a join has a column of that name.</summary>
    public bool Clashes(string name) => from.Sources.Count(source => source.TypeOf(name) is not null) > 1;

    public string Of(Expression expression) => expression switch
    {
        ColumnName column => from.IsJoin && Clashes(column.Name) ? $"{from.LabelOf(column)}_{column.Name}" : column.Name,
        FieldAccess access => Unique(access.Field),
        FunctionCall call when SourceScope.WindowBoundCall(call) is { } bound => bound.Name,
        _ => Next(),
    };

    /// <summary>Makes the next name, <c>KSQL_COL_0</c> and so on, leaving out names that the sources have.</summary>
    public string Next()
    {
        string name;
        do
            name = $"KSQL_COL_{_next++}";
        while (_taken.Contains(name));
        return name;
    }

    private readonly Dictionary<string, int> _fields = [];

    private string Unique(string field)
    {
        if (!_taken.Contains(field) && _fields.TryAdd(field, 0))
            return field;
        string name;
        do
            name = $"{field}_{_fields[field] = _fields.GetValueOrDefault(field) + 1}";
        while (_taken.Contains(name));
        return name;
    }
}
