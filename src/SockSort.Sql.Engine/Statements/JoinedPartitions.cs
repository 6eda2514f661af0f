using SockSort.Sql.Planning;

namespace SockSort.Sql.Engine.Statements;

/// <summary>
/// Refuses joins of topics with different numbers of partitions, as ksqlDB does: equal keys would lie in partitions of different numbers,
/// and past one machine they would not meet. It does so also where it changes the key of a side; a foreign key may join any two tables.
/// </summary>
/// <param name="plan">The query.</param>
/// <param name="partitionsOf">The number of a topic's partitions; null where it is not known.</param>
internal sealed class JoinedPartitions(PlannedQuery plan, Func<string, int?> partitionsOf)
{
    /// <exception cref="SqlException">The numbers of a join differ.</exception>
    public void Check() => _ = PartitionsOf(plan.Root);

    /// <summary>The number of partitions that a node's rows come from.</summary>
    private int? PartitionsOf(PlanNode node) => node switch
    {
        SourceNode source => partitionsOf(source.Source.Topic),
        JoinNode join => PartitionsOf(join),
        _ => PartitionsOf(node.Inputs[0]),
    };

    private int? PartitionsOf(JoinNode join)
    {
        var (left, right) = (PartitionsOf(join.Left), PartitionsOf(join.Right));
        if (join.Style == JoinStyle.ForeignKey)
            return left;
        if (left is { } one && right is { } other && one != other)
            throw TopicErrors.JoinedPartitions(plan.Sources[0].Label, one, join.Right.Label, other, plan.Syntax.From.Span);
        return right ?? left;
    }
}
