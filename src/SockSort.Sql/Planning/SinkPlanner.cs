using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Parts a persistent query's columns into key and values, and checks that the key is there once.</summary>
internal sealed class SinkPlanner(FromPlan from, PlanNode input, string sink)
{
    /// <exception cref="SqlException">A key column is missing, stands twice, or there are no values.</exception>
    public PlannedQuery Plan(Query query, IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns)
    {
        var keyColumns = input.Keys.Select(key => KeyColumn(key, query, columns)).ToList();
        var values = columns.Where(column => !keyColumns.Contains(column.Item)).ToList();
        if (values.Count == 0)
            throw SqlErrors.NoValueColumns(sink, query.Span);
        var layout = new RowLayout();
        foreach (var (item, value) in values)
            _ = layout.Add(item.Name, value.Type);
        foreach (var (key, item) in input.Keys.Zip(keyColumns))
        {
            if (key.Type.ContainsMap)
                throw SqlErrors.MapInKey(item.Name, key.Type, item.Expression.Span);
        }
        var keys = input.Keys.Zip(keyColumns, (key, item) => key with { Name = item.Name }).ToList();
        var root = new ProjectNode(input, [.. values.Select(column => column.Value)], keys, layout);
        var schema = new SourceSchema(
            [.. keys.Select(key => new SourceColumn(key.Name, key.Type))],
            [.. values.Select(column => new SourceColumn(column.Item.Name, column.Value.Type))], []);
        return new(query, root, schema, from.Sources);
    }

    private ProjectedItem KeyColumn(KeyPart key, Query query, IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns)
    {
        var matches = columns.Where(column => key.Meanings.Contains(column.Item.Canonical)).Select(column => column.Item).ToList();
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw SqlErrors.KeyNotProjected(sink, Missing(columns), query),
            _ => matches.Select(match => match.Canonical).Distinct().Count() > 1
                ? matches[0]
                : throw SqlErrors.KeyProjectedTwice(key.Name, matches.Select(match => match.Name), query),
        };
    }

    private List<string> Missing(IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns) =>
        [.. input.Keys.Where(key => !columns.Any(column => key.Meanings.Contains(column.Item.Canonical))).Select(key => key.Meanings[0])];
}
