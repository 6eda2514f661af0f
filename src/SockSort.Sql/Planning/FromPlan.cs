using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>
/// The sources of a query and the slots of their columns. A slot is made when a column is first used, so that nothing else is read.
/// </summary>
internal abstract class FromPlan
{
    /// <summary>The sources in the order written.</summary>
    public abstract IReadOnlyList<SourceNode> Sources { get; }

    /// <summary>The last node of FROM.</summary>
    public abstract PlanNode Node { get; }

    public bool IsJoin => Sources.Count > 1;

    /// <summary>The sources as messages name them: <c>stream 'FOUND'</c>.</summary>
    public string Where => string.Join(" and ", Sources.Select(source => $"{source.Source.KindName} '{source.Source.Name}'"));

    /// <summary>Finds the slot of a column in the rows of <see cref="Node"/>; null where there is none.</summary>
    public abstract ColumnSlot? Use(string label, string name);

    /// <summary>Name of a key column that no source has; null for most.</summary>
    public virtual string? SyntheticName => null;

    /// <summary>Finds the slot of the synthetic key column; null where that has another name.</summary>
    public virtual ColumnSlot? UseSynthetic(string name) => null;

    /// <summary>Names the columns for messages, with their source where it matters.</summary>
    public IEnumerable<string> ColumnNames(string? qualifier) => Sources.Where(source => qualifier is null || source.Label == qualifier)
        .SelectMany(source => source.Source.Schema.All.Select(column => column.Name)).Append(PseudoColumns.RowTime).Distinct();

    /// <summary>Finds the label of the source that a column belongs to; null for window bounds, lambda parameters and mistakes.</summary>
    public string? TryLabelOf(ColumnName column)
    {
        var owners = Sources.Where(
            source => (column.Qualifier is null || source.Label == column.Qualifier) && source.TypeOf(column.Name) is not null).ToList();
        return owners.Count == 1 ? owners[0].Label : null;
    }

    /// <summary>Finds the label of the source that a column belongs to.</summary>
    /// <exception cref="SqlException">No source has it, or several have.</exception>
    public string LabelOf(ColumnName column)
    {
        if (column.Qualifier is not null)
        {
            return Sources.Any(source => source.Label == column.Qualifier)
                ? column.Qualifier
                : throw PlanningErrors.UnknownQualifier(column.Qualifier, Sources.Select(source => source.Label), column.Span);
        }
        var owners = Sources.Where(source => source.TypeOf(column.Name) is not null).ToList();
        return owners.Count switch
        {
            1 => owners[0].Label,
            0 => throw PlanningErrors.ColumnNotFound(column.Name, Where, ColumnNames(null), column.Span),
            _ => throw PlanningErrors.AmbiguousColumn(column.Name, owners.Select(owner => $"{owner.Label}.{column.Name}"), column.Span),
        };
    }
}

/// <summary>FROM one source.</summary>
internal sealed class SingleFrom(SourceNode source) : FromPlan
{
    public override IReadOnlyList<SourceNode> Sources => [source];

    public override PlanNode Node => source;

    public override ColumnSlot? Use(string label, string name) => source.Use(name);
}
