using SockSort.Sql.Binding;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>Turns the items of a SELECT into named expressions: stars are expanded, names made.</summary>
internal sealed class ProjectionPlanner(FromPlan from, PlanNode input, ExpressionBinder binder, bool isGrouped)
{
    private readonly ProjectionNames _names = new(from);

    /// <exception cref="SqlException">A name is reserved or stands twice.</exception>
    public IReadOnlyList<ProjectedItem> Expand(Query query, bool isPersistent)
    {
        var items = query.Items.SelectMany(item => item switch
        {
            StarItem star => Star(star, isPersistent),
            StructStarItem star => StructStar(star),
            ExpressionItem expression => [Single(expression, isPersistent)],
            _ => throw new InvalidOperationException($"no projection of {item.GetType().Name}"),
        }).ToList();
        if (items.GroupBy(item => item.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            throw SqlErrors.DoubleColumn(doubled.Key, query.Span);
        return items;
    }

    private ProjectedItem Single(ExpressionItem item, bool isPersistent)
    {
        if (item.Alias is { } alias && PseudoColumns.IsReserved(alias))
            throw SqlErrors.ReservedAlias(alias, item.Span);
        var name = item.Alias ?? _names.Of(item.Expression);
        if (isPersistent && PseudoColumns.IsReserved(name))
            throw SqlErrors.ReservedColumn(name, item.Span);
        return new(name, item.Expression, CanonicalText.Of(item.Expression, from.TryLabelOf));
    }

    private IEnumerable<ProjectedItem> Star(StarItem star, bool isPersistent)
    {
        if (isGrouped)
            throw SqlErrors.StarWithGroups(star.Span);
        var sources = from.Sources.Where(source => star.Qualifier is null || source.Label == star.Qualifier).ToList();
        if (sources.Count == 0)
            throw SqlErrors.UnknownQualifier(star.Qualifier!, from.Sources.Select(source => source.Label), star.Span);
        return from.IsJoin
            ? sources.SelectMany(source => source.Source.Schema.All.Select(column => ItemOf(source, column.Name, $"{source.Label}_{column.Name}", star)))
            : StarOfOne(sources[0], star, isPersistent);
    }

    /// <summary>The key as it is now, then the values, then columns that were key before PARTITION BY.</summary>
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
            throw SqlErrors.StarOnNoStruct(star.Struct, binder.Bind(star.Struct).Type);
        foreach (var member in row.Fields)
        {
            var access = new FieldAccess(star.Struct, member.Name, star.Span);
            yield return new(_names.Of(access), access, CanonicalText.Of(access, from.TryLabelOf));
        }
    }
}
