using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Parts a persistent query's columns into key and values, and checks that the key is there once.</summary>
/// <param name="keysFollowProjection">
/// Whether key columns stand in the order of SELECT, and a stream may leave them out, as in ksqlDB's new planner.
/// </param>
internal sealed class SinkPlanner(FromPlan from, PlanNode input, string sink, bool keysFollowProjection)
{
    /// <exception cref="SqlException">A key column is missing, stands twice, or there are no values.</exception>
    public PlannedQuery Plan(Query query, IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns)
    {
        var keyColumns = KeyColumns(query, columns);
        var values = columns.Where(column => keyColumns.All(key => key.Item != column.Item)).ToList();
        if (values.Count == 0)
            throw PlanningErrors.NoValueColumns(sink, query.Span);
        var layout = new RowLayout();
        foreach (var (item, value) in values)
            _ = layout.Add(item.Name, value.Type);
        foreach (var (part, item) in keyColumns)
        {
            if (input.Keys[part].Type.ContainsMap)
                throw PlanningErrors.MapInKey(KeyName(input.Keys[part], item), input.Keys[part].Type, item.Expression.Span);
        }
        var keys = input.Keys.Select(
            (key, i) => keyColumns.Find(column => column.Part == i) is { Item: { } item } ? key with { Name = item.Name } : key).ToList();
        var root = new ProjectNode(input, [.. values.Select(column => column.Value)], keys, layout)
        {
            Texts = [.. values.Select(column => column.Item.Canonical)],
        };
        var schema = new SourceSchema(
            [.. keyColumns.Select(column => new SourceColumn(column.Item.Name, input.Keys[column.Part].Type))],
            [.. values.Select(column => new SourceColumn(column.Item.Name, column.Value.Type))], []);
        return new(query, root, schema, from.Sources, [.. keyColumns.Select(column => column.Part)]);
    }

    private static string KeyName(KeyPart key, ProjectedItem item) => key.Name == item.Name ? item.Name : $"{item.Name} ({key.Name})";

    private List<(int Part, ProjectedItem Item)> KeyColumns(Query query, IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns)
    {
        var found = input.Keys.Select((key, i) => (Part: i, Item: KeyColumn(key, query, columns))).ToList();
        if (keysFollowProjection && !input.IsTable)
            return
            [
                .. found.Where(key => key.Item is not null)
                .OrderBy(key => IndexOf(key.Item!, columns))
                .Select(key => (key.Part, key.Item!)),
            ];
        if (found.Exists(key => key.Item is null))
            throw Missing(query, [.. found.Where(key => key.Item is null).Select(key => key.Part)]);
        var complete = found.Select(key => (key.Part, Item: key.Item!));
        return keysFollowProjection ? [.. complete.OrderBy(key => IndexOf(key.Item, columns))] : [.. complete];
    }

    /// <summary>Finds the projected column that carries the key, by the first meaning that is projected; null where none is.</summary>
    private static ProjectedItem? KeyColumn(KeyPart key, Query query, IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns)
    {
        foreach (var meaning in key.Meanings)
        {
            var matches = columns.Where(column => column.Item.Canonical == meaning).Select(column => column.Item).ToList();
            if (matches.Count > 1)
                throw PlanningErrors.KeyProjectedTwice(key.Name, matches.Select(match => match.Name), query);
            if (matches.Count == 1)
                return matches[0];
        }
        return null;
    }

    private static int IndexOf(ProjectedItem item, IReadOnlyList<(ProjectedItem Item, BoundExpression Value)> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Item == item)
                return i;
        }
        return -1;
    }

    private SqlException Missing(Query query, IReadOnlyList<int> missing)
    {
        if (from.Sources.Count > 1 && from.Node is JoinNode { Style: JoinStyle.ForeignKey } && input.Keys == from.Node.Keys)
        {
            var label = from.Sources[0].Label;
            return JoinErrors.MissingForeignJoinKey(sink, label, [.. missing.Select(part => input.Keys[part].Meanings[0])], query);
        }
        return PlanningErrors.KeyNotProjected(
            sink, [.. input.Keys.Select(key => string.Join(" or ", key.Meanings))], from.SyntheticName, query);
    }
}
