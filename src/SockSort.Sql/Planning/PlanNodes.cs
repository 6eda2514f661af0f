using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Planning;

/// <summary>A part of a record's key.</summary>
/// <param name="Name">Name in the output of the node.</param>
/// <param name="Meanings">Canonical texts of the expressions that are this part: a projection with one of them carries the key.</param>
public sealed record KeyPart(string Name, SqlType Type, IReadOnlyList<string> Meanings);

/// <summary>A step of a query's plan. Rows flow from the inputs to the node that was made last.</summary>
/// <param name="layout">Layout of the rows that leave the node.</param>
public abstract class PlanNode(RowLayout layout, IReadOnlyList<KeyPart> keys, bool isTable, WindowType? window)
{
    public RowLayout Layout { get; } = layout;

    /// <summary>Parts of the key; empty where records have no key.</summary>
    public IReadOnlyList<KeyPart> Keys { get; } = keys;

    /// <summary>Whether rows are changes of a table, with the old row beside the new one.</summary>
    public bool IsTable { get; } = isTable;

    public WindowType? Window { get; } = window;

    public abstract IReadOnlyList<PlanNode> Inputs { get; }

    /// <summary>Describes the node in one line, for EXPLAIN.</summary>
    public abstract string Describe();
}

/// <summary>Reads a topic.</summary>
public sealed class SourceNode(DataSource source, string label, RowLayout layout)
    : PlanNode(
        layout, [.. source.Schema.Keys.Select(key => new KeyPart(key.Name, key.Type, [CanonicalText.OfColumn(label, key.Name)]))],
        source.IsTable, source.Window)
{
    private readonly Dictionary<string, ColumnSlot> _used = new(StringComparer.Ordinal);

    public DataSource Source { get; } = source;

    public string Label { get; } = label;

    /// <summary>The columns that expressions asked for, by name, pseudo columns too.</summary>
    public IReadOnlyDictionary<string, ColumnSlot> Used => _used;

    public override IReadOnlyList<PlanNode> Inputs => [];

    /// <summary>Finds the slot of a column and makes it at its first use; null where the source has no such column.</summary>
    public ColumnSlot? Use(string name)
    {
        if (_used.TryGetValue(name, out var slot))
            return slot;
        if (TypeOf(name) is not { } type)
            return null;
        slot = Layout.Add(name, type);
        _used[name] = slot;
        return slot;
    }

    public SqlType? TypeOf(string name) =>
        Source.Schema.All.FirstOrDefault(column => column.Name == name)?.Type ?? PseudoColumns.TypeOf(name, Source.Window is not null);

    public override string Describe() =>
        $"source {Source.KindName} {Source.Name} (topic {Source.Topic}, {Source.ValueFormat.Name}): "
            + $"{string.Join(", ", Layout.Slots.Select(slot => slot.Name))}";
}

public sealed class FilterNode(PlanNode input, BoundExpression predicate, string text)
    : PlanNode(input.Layout, input.Keys, input.IsTable, input.Window)
{
    public PlanNode Input { get; } = input;

    public BoundExpression Predicate { get; } = predicate;

    public string Text { get; } = text;

    public override IReadOnlyList<PlanNode> Inputs => [Input];

    public override string Describe() => $"filter {Text}";
}

/// <summary>Gives stream records a new key.</summary>
public sealed class RekeyNode(PlanNode input, IReadOnlyList<BoundExpression> expressions, IReadOnlyList<KeyPart> keys)
    : PlanNode(input.Layout, keys, input.IsTable, window: null)
{
    public PlanNode Input { get; } = input;

    public IReadOnlyList<BoundExpression> Expressions { get; } = expressions;

    /// <summary>For each expression, whether it needs more than the old key, and is NULL for a record without value.</summary>
    public IReadOnlyList<bool> NeedsValue { get; init; } = [];

    public override IReadOnlyList<PlanNode> Inputs => [Input];

    public override string Describe() => $"partition by {string.Join(", ", Keys.Select(key => key.Meanings[0]))}";
}

/// <param name="Values">Evaluates to the rows' values: <c>IEnumerable&lt;object?&gt;</c>.</param>
/// <param name="Call">The call as written, in canonical form.</param>
public sealed record TableFunctionUse(BoundExpression Values, ColumnSlot Result, string Call);

/// <summary>Makes several rows out of one; their layout is the input's, with the functions' results behind.</summary>
public sealed class ExplodeNode(PlanNode input, IReadOnlyList<TableFunctionUse> uses)
    : PlanNode(input.Layout, input.Keys, input.IsTable, input.Window)
{
    public PlanNode Input { get; } = input;

    public IReadOnlyList<TableFunctionUse> Uses { get; } = uses;

    public override IReadOnlyList<PlanNode> Inputs => [Input];

    public override string Describe() => $"rows of {string.Join(", ", Uses.Select(use => use.Call))}";
}

/// <param name="Call">The call as written, in canonical form.</param>
public sealed record AggregateUse(
    AggregateFunction Function, Accumulator Accumulator, IReadOnlyList<BoundExpression> Arguments, ColumnSlot Result, string Call);

/// <summary>Groups rows and keeps a state for each group; its rows are the groups' keys, results and window bounds.</summary>
public sealed class AggregateNode(
    PlanNode input, IReadOnlyList<BoundExpression> groupBy, IReadOnlyList<KeyPart> keys, WindowClause? clause, bool isFinal,
    RowLayout layout)
    : PlanNode(layout, keys, isTable: true, WindowType.Of(clause))
{
    public PlanNode Input { get; } = input;

    public IReadOnlyList<BoundExpression> GroupBy { get; } = groupBy;

    /// <summary>Slots of the grouping expressions' values, one for each expression.</summary>
    public required IReadOnlyList<ColumnSlot> GroupSlots { get; init; }

    public List<AggregateUse> Aggregates { get; } = [];

    public WindowClause? Clause { get; } = clause;

    /// <summary>Whether only a closed window's last row goes out.</summary>
    public bool IsFinal { get; } = isFinal;

    public ColumnSlot? WindowStart { get; set; }

    public ColumnSlot? WindowEnd { get; set; }

    public override IReadOnlyList<PlanNode> Inputs => [Input];

    public override string Describe() =>
        $"aggregate {string.Join(", ", Aggregates.Select(use => use.Call))} by {string.Join(", ", Keys.Select(key => key.Meanings[0]))}"
        + (Clause is null ? "" : $", {Clause.Kind.ToString().ToLowerInvariant()} window of {DurationText.Of(Clause.Size)}")
        + (IsFinal ? ", final" : "");
}

/// <summary>Evaluates the columns of the result.</summary>
public sealed class ProjectNode(PlanNode input, IReadOnlyList<BoundExpression> values, IReadOnlyList<KeyPart> keys, RowLayout layout)
    : PlanNode(layout, keys, input.IsTable, input.Window)
{
    public PlanNode Input { get; } = input;

    /// <summary>The expressions, one for each slot of the layout.</summary>
    public IReadOnlyList<BoundExpression> Values { get; } = values;

    /// <summary>The same expressions in canonical form: equal ones have equal text, however they were written.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    public override IReadOnlyList<PlanNode> Inputs => [Input];

    public override string Describe() => $"project {string.Join(", ", Layout.Slots.Select(slot => slot.Name))}";
}
