using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>Turns the items of a SELECT into named expressions: stars are expanded, names made.</summary>
internal sealed class ProjectionPlanner(FromPlan from, PlanNode input, ExpressionBinder binder, bool isGrouped)
{
    private readonly ProjectionNames _names = new(from);

    /// <exception cref="SqlException">A name is reserved.</exception>
    public IReadOnlyList<ProjectedItem> Expand(Query query, bool isPersistent)
    {
        var items = query.Items.SelectMany(item => item switch
        {
            StarItem star => Star(star, isPersistent),
            StructStarItem star => StructStar(star),
            ExpressionItem expression => [Single(expression, isPersistent)],
            _ => throw new InvalidOperationException($"no projection of {item.GetType().Name}"),
        }).ToList();
        return items;
    }

    private ProjectedItem Single(ExpressionItem item, bool isPersistent)
    {
        if (item.Alias is { } alias && PseudoColumns.IsReserved(alias))
            throw PlanningErrors.ReservedAlias(alias, item.Span);
        var name = item.Alias ?? _names.Of(item.Expression);
        if (isPersistent && PseudoColumns.IsReserved(name))
            throw PlanningErrors.ReservedColumn(name, item.Span);
        return new(name, item.Expression, CanonicalText.Of(item.Expression, from.TryLabelOf));
    }

    private IEnumerable<ProjectedItem> Star(StarItem star, bool isPersistent)
    {
        var sources = from.Sources.Where(source => star.Qualifier is null || source.Label == star.Qualifier).ToList();
        if (sources.Count == 0)
            throw PlanningErrors.UnknownQualifier(star.Qualifier!, from.Sources.Select(source => source.Label), star.Span);
        if (isGrouped)
            return sources.SelectMany(
                source =>
                    source.Source.Schema.All.Select(
                        column => ItemOf(source, column.Name, from.IsJoin ? $"{source.Label}_{column.Name}" : column.Name, star)));
        return from.IsJoin ? StarOfJoin(sources, star) : StarOfOne(sources[0], star, isPersistent);
    }

    private IEnumerable<ProjectedItem> StarOfJoin(IReadOnlyList<SourceNode> sources, StarItem star)
    {
        if (input is RekeyNode)
            return StarOfRekeyedJoin(sources, star);
        var columns = sources.SelectMany(
            source => ColumnsOf(source).Select(name => ItemOf(source, name, $"{source.Label}_{name}", star)));
        return star.Qualifier is null && from.SyntheticName is { } name
            ? columns.Prepend(new(name, new ColumnName(null, name, star.Span), SqlPrinter.Name(name)))
            : columns;
    }

    /// <summary>Lists the key with its window, then the other columns (push-queries.json: windowed join).</summary>
    private static IEnumerable<string> ColumnsOf(SourceNode source)
    {
        var schema = source.Source.Schema;
        string[] bounds = source.Source.Window is null ? [] : [PseudoColumns.WindowStart, PseudoColumns.WindowEnd];
        return schema.Keys.Select(key => key.Name).Concat(bounds)
            .Concat(schema.Values.Concat(schema.Headers).Select(column => column.Name));
    }

    /// <summary>
    /// Expands a star after PARTITION BY of a join: the new key, then of each source the values, time and place, and old keys
    /// (partition-by.json: only key column - select star - with join).
    /// </summary>
    private IEnumerable<ProjectedItem> StarOfRekeyedJoin(IReadOnlyList<SourceNode> sources, StarItem star)
    {
        var keyTexts = input.Keys.SelectMany(key => key.Meanings).ToHashSet();
        foreach (var key in input.Keys)
        {
            var expression = KeyExpression(key, star);
            var name = expression is ColumnName { Qualifier: { } label } column ? $"{label}_{column.Name}" : key.Name;
            yield return new(name, expression, key.Meanings[0]);
        }
        foreach (var source in sources)
        {
            var schema = source.Source.Schema;
            var names = schema.Values.Concat(schema.Headers).Select(column => column.Name)
                .Concat([PseudoColumns.RowTime, PseudoColumns.RowPartition, PseudoColumns.RowOffset])
                .Concat(schema.Keys.Select(column => column.Name));
            foreach (var name in names.Where(name => !keyTexts.Contains(CanonicalText.OfColumn(source.Label, name))))
                yield return ItemOf(source, name, $"{source.Label}_{name}", star);
        }
    }

    /// <summary>
    /// Expands a star over one source: the key as it is now, then the values, then columns that were key before PARTITION BY.
    /// </summary>
    private IEnumerable<ProjectedItem> StarOfOne(SourceNode source, StarItem star, bool isPersistent)
    {
        var keyTexts = input.Keys.SelectMany(key => key.Meanings).ToHashSet();
        var schema = source.Source.Schema;
        foreach (var key in input.Keys)
            yield return new(key.Name, KeyExpression(key, star), key.Meanings[0]);
        if (!isPersistent && source.Source.Window is not null)
        {
            yield return ItemOf(source, PseudoColumns.WindowStart, PseudoColumns.WindowStart, star);
            yield return ItemOf(source, PseudoColumns.WindowEnd, PseudoColumns.WindowEnd, star);
        }
        foreach (var column in schema.Values.Concat(schema.Headers).Concat(schema.Keys))
        {
            if (!keyTexts.Contains(CanonicalText.OfColumn(source.Label, column.Name)))
                yield return ItemOf(source, column.Name, column.Name, star);
        }
    }

    private static Expression KeyExpression(KeyPart key, StarItem star) =>
        Parsing.SqlParser.ParseExpression(key.Meanings[0]) with { Span = star.Span };

    private static ProjectedItem ItemOf(SourceNode source, string column, string name, StarItem star) =>
        new(name, new ColumnName(source.Label, column, star.Span), CanonicalText.OfColumn(source.Label, column));

    private IEnumerable<ProjectedItem> StructStar(StructStarItem star)
    {
        if (binder.Bind(star.Struct).Type is not StructType row)
            throw PlanningErrors.StarOnNoStruct(star.Struct, binder.Bind(star.Struct).Type);
        foreach (var member in row.Fields)
        {
            var access = new FieldAccess(star.Struct, member.Name, star.Span);
            yield return new(_names.Of(access), access, CanonicalText.Of(access, from.TryLabelOf));
        }
    }
}
