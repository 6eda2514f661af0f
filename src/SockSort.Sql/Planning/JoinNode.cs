using SockSort.Sql.Binding;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

public enum JoinStyle
{
    StreamStream,
    StreamTable,
    TableTable,

    /// <summary>Two tables, where a column of the left one names the key of the right one.</summary>
    ForeignKey,
}

/// <summary>The expressions that records of both sides are matched by, one for each side, of one type.</summary>
public sealed record JoinCondition(BoundExpression Left, BoundExpression Right, string Text);

/// <summary>Joins two inputs; its rows hold the columns of both that later steps ask for.</summary>
/// <param name="synthetic">
/// Name of the key column that no source has, made where neither side of the condition is a column; else null.
/// </param>
public sealed class JoinNode(
    PlanNode left, SourceNode right, JoinStyle style, JoinKind kind, WithinClause? within, JoinCondition condition, string? synthetic,
    IReadOnlyList<KeyPart> keys)
    : PlanNode(new RowLayout(), keys, isTable: style is JoinStyle.TableTable or JoinStyle.ForeignKey, left.Window)
{
    private readonly Dictionary<ColumnSlot, ColumnSlot> _copied = [];
    private readonly List<(ColumnSlot From, ColumnSlot To, bool IsLeft)> _copies = [];

    public PlanNode Left { get; } = left;

    public SourceNode Right { get; } = right;

    public JoinStyle Style { get; } = style;

    public JoinKind Kind { get; } = kind;

    /// <summary>The WITHIN clause of a join of two streams; else null.</summary>
    public WithinClause? Within { get; } = within;

    public JoinCondition Condition { get; } = condition;

    public string? SyntheticName { get; } = synthetic;

    /// <summary>
    /// Columns and other expressions that were compared, in canonical form: they have the key's value wherever they are not NULL. More than
    /// the key's meanings, which are columns, and none after a FULL JOIN.
    /// </summary>
    public required IReadOnlyList<string> ComparedColumns { get; init; }

    /// <summary>Slot of the synthetic key in the row; null where no expression asks for it.</summary>
    public ColumnSlot? SyntheticSlot { get; private set; }

    /// <summary>Pairs of a slot of an input and a slot of this node's rows.</summary>
    public IReadOnlyList<(ColumnSlot From, ColumnSlot To, bool IsLeft)> Copies => _copies;

    public override IReadOnlyList<PlanNode> Inputs => [Left, Right];

    /// <summary>Finds the slot of an input's column in the joined row; makes it at its first use.</summary>
    public ColumnSlot Copy(ColumnSlot from, bool isLeft)
    {
        if (_copied.TryGetValue(from, out var to))
            return to;
        to = Layout.Add(from.Name, from.Type);
        _copied[from] = to;
        _copies.Add((from, to, isLeft));
        return to;
    }

    public ColumnSlot UseSynthetic() => SyntheticSlot ??= Layout.Add(SyntheticName!, Keys[0].Type);

    public override string Describe() =>
        $"{Kind.ToString().ToLowerInvariant()} join ({Sides}) on {Condition.Text}"
        + (Within is null ? "" : $", within {DurationText.Of(Within.Before)} before and {DurationText.Of(Within.After)} after")
        + (Within?.Grace is { } grace ? $", grace {DurationText.Of(grace)}" : "");

    private string Sides => Style switch
    {
        JoinStyle.StreamStream => "streams",
        JoinStyle.StreamTable => "stream with table",
        JoinStyle.TableTable => "tables",
        _ => "tables by foreign key",
    };
}
