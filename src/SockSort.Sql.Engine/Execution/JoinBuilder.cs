using SockSort.Sql.Engine.State;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Compiles a join.</summary>
internal sealed class JoinBuilder(ExpressionCompiler compiler, QueryMetrics metrics)
{
    public JoinOperator Build(JoinNode node)
    {
        var joined = new JoinedRow(
            node.Layout.Count, Copies(node, isLeft: true), Copies(node, isLeft: false), node.SyntheticSlot?.Index ?? -1);
        return node.Style switch
        {
            JoinStyle.StreamStream =>
                new StreamJoinOperator(Key(node, isLeft: true), Key(node, isLeft: false), joined, Window(node.Within!), node.Kind, metrics),
            JoinStyle.StreamTable => new StreamTableJoinOperator(Key(node, isLeft: true), joined, node.Kind == JoinKind.Left, metrics),
            JoinStyle.TableTable => new TableJoinOperator(joined, node.Kind, node.Window, node.Keys.Count),
            _ => new ForeignKeyJoinOperator(
                compiler.Evaluator(node.Condition.Left, node.Condition.Text), joined, node.Kind == JoinKind.Left,
                new KeyByteOrder([.. node.Keys.Select(key => key.Type.Base)])),
        };
    }

    /// <summary>Connects a join with the rows that the sources before it keep anyway.</summary>
    /// <param name="left">Null where the left side is a stream, or a join.</param>
    public static void Connect(JoinOperator join, Dictionary<Slot[], TableRow>? left, Dictionary<Slot[], TableRow>? right)
    {
        switch (join)
        {
            case StreamTableJoinOperator table:
                table.Table = right!;
                break;
            case TableJoinOperator tables:
                (tables.Left, tables.Right) = (left, right!);
                break;
            case ForeignKeyJoinOperator foreign:
                foreign.Right = right!;
                break;
            default:
                break;
        }
    }

    private static (int From, int To)[] Copies(JoinNode node, bool isLeft) =>
        [.. node.Copies.Where(copy => copy.IsLeft == isLeft).Select(copy => (copy.From.Index, copy.To.Index))];

    private static StreamJoinWindow Window(WithinClause within) =>
        new((long)within.Before.TotalMilliseconds, (long)within.After.TotalMilliseconds, (long?)within.Grace?.TotalMilliseconds);

    private JoinKey Key(JoinNode node, bool isLeft) =>
        new(compiler.Evaluator(isLeft ? node.Condition.Left : node.Condition.Right, node.Condition.Text), node.Window);
}
