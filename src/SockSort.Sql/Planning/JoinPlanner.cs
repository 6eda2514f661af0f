using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Planning;

/// <summary>Plans one join: binds its condition, finds its style and the key of its rows, and refuses what is not possible.</summary>
internal sealed class JoinPlanner(FunctionRegistry functions, TypeResolver types)
{
    /// <exception cref="SqlException">
    /// The condition is no equality of the two sides, their types differ, or these sources cannot be joined so.
    /// </exception>
    public FromPlan Join(FromPlan left, SourceNode right, JoinRelation relation)
    {
        CheckSources(left, right, relation);
        var (leftSide, rightSide) = Sides(left, right, relation);
        var condition = new JoinCondition(
            new ExpressionBinder(functions, types, new SourceScope(left)).Bind(leftSide),
            new ExpressionBinder(functions, types, new SourceScope(new SingleFrom(right))).Bind(rightSide),
            $"{Text(leftSide, left)} = {Text(rightSide, new SingleFrom(right))}");
        if (!condition.Left.Type.Equals(condition.Right.Type))
            throw JoinErrors.JoinTypesDiffer(
                Text(leftSide, left), condition.Left.Type, Text(rightSide, new SingleFrom(right)), condition.Right.Type, relation.On.Span);
        var style = Style(left, right, relation, condition, leftSide, rightSide);
        CheckWindows(left, right, relation, leftSide, rightSide);
        var (keys, synthetic) = style == JoinStyle.ForeignKey
            ? (LeftKeys(left), null)
            : Keys(left, right, relation.Kind, condition, leftSide, rightSide);
        var compared = style == JoinStyle.ForeignKey ? KeyColumns(left) : KeyColumns(left)
            .Contains(Text(leftSide, left)) ? KeyColumns(left) : [Text(leftSide, left)];
        var node = new JoinNode(left.Node, right, style, relation.Kind, relation.Within, condition, synthetic, keys)
        {
            ComparedColumns = style == JoinStyle.ForeignKey ? compared : [.. compared, Text(rightSide, new SingleFrom(right))],
        };
        return new JoinFrom(left, right, node);
    }

    private static void CheckSources(FromPlan left, SourceNode right, JoinRelation relation)
    {
        var all = left.Sources.Append(right).ToList();
        if (left.Sources.FirstOrDefault(source => source.Source.Name == right.Source.Name) is { } same)
            throw JoinErrors.SelfJoin(same.Source.Name, right.Source.Name, relation.Right.Span);
        if (left.Sources.Any(source => source.Label == right.Label))
            throw JoinErrors.DoubleAlias(right.Label, relation.Right.Span);
        var bare = all.Where(source => source.Source.ValueFormat.Kind == FormatKind.Kafka).Select(source => source.Source.Name).ToList();
        if (bare.Count > 0)
            throw JoinErrors.KafkaFormatInState(bare, "JOIN", relation.Span);
    }

    /// <summary>Finds the two expressions of the condition: the one over the sources on the left, and the one over the right.</summary>
    private static (Expression Left, Expression Right) Sides(FromPlan left, SourceNode right, JoinRelation relation)
    {
        var names = new UnjoinedFrom([.. left.Sources, right]);
        if (relation.On is Logical)
            throw JoinErrors.JoinConditions(CanonicalText.Of(relation.On, names.TryLabelOf), relation.On.Span);
        if (relation.On is not Comparison { Operator: "=" } equality)
            throw JoinErrors.JoinNotEqual(CanonicalText.Of(relation.On, names.TryLabelOf), relation.On.Span);
        // A wrong qualifier is told before other mistakes, whichever side it is on.
        foreach (var column in SyntaxRewriter.Parts(equality).OfType<ColumnName>().Where(column => column.Qualifier is not null))
            _ = names.LabelOf(column);
        var (first, second) = (LabelsOf(equality.Left, equality, names), LabelsOf(equality.Right, equality, names));
        if (first == second || (first != right.Label && second != right.Label))
            throw JoinErrors.JoinOneSided(CanonicalText.Of(equality, names.TryLabelOf), right.Label, equality.Span);
        return first == right.Label ? (equality.Right, equality.Left) : (equality.Left, equality.Right);
    }

    private static string LabelsOf(Expression side, Comparison equality, UnjoinedFrom names)
    {
        var labels = new HashSet<string>();
        foreach (var column in SyntaxRewriter.Parts(side).OfType<ColumnName>())
        {
            var label = names.LabelOf(column);
            if (names.Sources.First(source => source.Label == label).TypeOf(column.Name) is null)
                throw PlanningErrors.ColumnNotFound($"{label}.{column.Name}", "the join's sources", names.ColumnNames(label), column.Span);
            _ = labels.Add(label);
        }
        return labels.Count == 1
            ? labels.First()
            : throw JoinErrors.JoinSide(CanonicalText.Of(side, names.TryLabelOf), CanonicalText.Of(equality, names.TryLabelOf), side.Span);
    }

    private static JoinStyle Style(
        FromPlan left, SourceNode right, JoinRelation relation, JoinCondition condition, Expression leftSide, Expression rightSide)
    {
        switch (left.Node.IsTable, right.IsTable)
        {
            case (false, false):
                return relation.Within is null
                    ? throw JoinErrors.JoinWithoutWithin(left.Where, right.Source.Name, relation.Span)
                    : JoinStyle.StreamStream;
            case (true, false):
                throw JoinErrors.TableWithStream(left.Where, right.Source.Name, relation.Span);
            default:
                if (relation.Within is not null)
                    throw JoinErrors.WithinWithTable(relation.Within.Span);
                break;
        }
        if (!IsKeyOf(rightSide, right))
            throw JoinErrors.JoinNotOnKey(left.Node.IsTable, right.Source.Name, condition.Text, relation.On.Span);
        if (!left.Node.IsTable)
        {
            return relation.Kind is JoinKind.Inner or JoinKind.Left
                ? JoinStyle.StreamTable
                : throw JoinErrors.OuterWithTable(relation.Kind, left.Where, right.Source.Name, relation.Span);
        }
        if (KeyColumns(left).Contains(Text(leftSide, left)))
            return JoinStyle.TableTable;
        return relation.Kind is JoinKind.Inner or JoinKind.Left
            ? JoinStyle.ForeignKey
            : throw JoinErrors.OuterByForeignKey(relation.Kind, relation.Span);
    }

    /// <summary>Finds the columns that are the key of the rows, where the key is a single one.</summary>
    private static IReadOnlyList<string> KeyColumns(FromPlan from)
    {
        if (from.Node.Keys.Count != 1)
            return [];
        return from.Node is JoinNode join ? join.ComparedColumns : from.Node.Keys[0].Meanings;
    }

    private static bool IsKeyOf(Expression side, SourceNode source) =>
        source.Source.Schema.Keys.Count == 1 && side is ColumnName column && column.Name == source.Source.Schema.Keys[0].Name;

    /// <summary>Checks windows: a windowed key is matched with its window, and cannot be made of other columns.</summary>
    private static void CheckWindows(FromPlan left, SourceNode right, JoinRelation relation, Expression leftSide, Expression rightSide)
    {
        if (left.Node.Window is null && right.Window is null)
            return;
        var (l, r) = ((left.Sources[0].Label, left.Node.Window), (right.Label, right.Window));
        if (left.Node.Window is null || right.Window is null)
            throw JoinErrors.WindowedWithPlain(l, r, relation.Span);
        if ((left.Node.Window.Kind == WindowKind.Session) != (right.Window.Kind == WindowKind.Session))
            throw JoinErrors.WindowKindsDiffer(l, r, relation.Span);
        var keepsKeys = IsKeyOf(rightSide, right) && left.Node.Keys.Count == 1 && left.Node.Keys[0].Meanings.Contains(Text(leftSide, left));
        if (!keepsKeys || !left.Node.Window.Equals(right.Window))
            throw JoinErrors.WindowedKeyChanged(relation.On.ToString(), relation.On.Span);
    }

    private static IReadOnlyList<KeyPart> LeftKeys(FromPlan left) =>
        [.. left.Node.Keys.Select(key => left.IsJoin ? key : key with { Name = $"{left.Sources[0].Label}_{key.Name}" })];

    /// <summary>
    /// The key is the compared value; the columns it equals can stand for it in the projection, unless either side may be missing.
    /// </summary>
    private static (IReadOnlyList<KeyPart> Keys, string? Synthetic) Keys(
        FromPlan left, SourceNode right, JoinKind kind, JoinCondition condition, Expression leftSide, Expression rightSide)
    {
        var type = condition.Left.Type;
        var columns = new List<(string Name, string Meaning)>();
        if (leftSide is ColumnName)
            columns.Add((Joined(leftSide, left), Text(leftSide, left)));
        if (rightSide is ColumnName)
            columns.Add((Joined(rightSide, new SingleFrom(right)), Text(rightSide, new SingleFrom(right))));
        // What the left rows were joined by before is equal to it as well.
        var before = EqualBefore(left, leftSide) ? left.Node.Keys[0].Meanings : [];
        if (kind != JoinKind.Outer && columns.Count > 0)
            return ([new KeyPart(columns[0].Name, type, [.. columns.Select(column => column.Meaning).Union(before)])], null);
        if (kind != JoinKind.Outer && before.Count > 0)
            return (left.Node.Keys, null);
        var name = Unused("ROWKEY", left.Sources.Append(right));
        return ([new KeyPart(name, type, [SqlPrinter.Name(name)])], name);
    }

    /// <summary>Whether the single key of the rows on the left has this expression's value.</summary>
    private static bool EqualBefore(FromPlan left, Expression leftSide) => left.Node switch
    {
        JoinNode { SyntheticName: not null } => false,
        JoinNode { Keys.Count: 1 } join => join.ComparedColumns.Contains(Text(leftSide, left)),
        { Keys: [var key] } => key.Meanings.Contains(Text(leftSide, left)),
        _ => false,
    };

    private static string Joined(Expression side, FromPlan from) =>
        side is ColumnName column ? $"{from.LabelOf(column)}_{column.Name}" : Text(side, from);

    private static string Unused(string name, IEnumerable<SourceNode> sources)
    {
        var taken = sources.SelectMany(source => source.Source.Schema.All.Select(column => column.Name)).ToHashSet();
        return Enumerable.Range(0, int.MaxValue).Select(n => n == 0 ? name : $"{name}_{n}").First(candidate => !taken.Contains(candidate));
    }

    private static string Text(Expression expression, FromPlan from) => CanonicalText.Of(expression, from.TryLabelOf);
}
