using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>How the work of a query is divided by partitions: in one stage, or in two with a topic between them.</summary>
/// <remarks>
/// A query whose key stays what the records have works on each partition by itself. GROUP BY another key needs all rows of a group in one
/// place: the first stage writes them by their group, the second one groups them.
/// </remarks>
/// <param name="Plan">The query.</param>
/// <param name="Regrouped">What groups by another key than the records have; null where nothing does.</param>
internal sealed record SharedPlan(PlannedQuery Plan, AggregateNode? Regrouped)
{
    /// <exception cref="SqlException">Its work can't be divided.</exception>
    public static SharedPlan Of(PlannedQuery plan)
    {
        RefuseOtherKeys(plan.Root, plan.Syntax);
        // Equal keys of two formats are other bytes, and lie in other partitions.
        if (plan.Sources.DistinctBy(source => source.Source.KeyFormat).Count() > 1)
            throw SharedErrors.JoinOfOtherKey(plan.Syntax.From.Span);
        return new SharedPlan(plan, Regrouping(plan.Root));
    }

    private static AggregateNode? Regrouping(PlanNode node)
    {
        if (node is AggregateNode aggregate)
            return HasKeyOf(aggregate.Keys, aggregate.Input) ? null : aggregate;
        return node.Inputs.Select(Regrouping).FirstOrDefault(found => found is not null);
    }

    private static bool HasKeyOf(IReadOnlyList<KeyPart> keys, PlanNode input) => keys.Count == input.Keys.Count
        && keys.Zip(input.Keys).All(pair => pair.Second.Meanings.Contains(pair.First.Meanings[0]));

    /// <summary>Both sides of a join meet in a partition only where they are joined by what their records' keys are.</summary>
    private static void RefuseOtherKeys(PlanNode node, Query syntax)
    {
        if (node is JoinNode join && (join.Style == JoinStyle.ForeignKey || !IsKeyOf(join, join.Left) || !IsKeyOf(join, join.Right)))
            throw SharedErrors.JoinOfOtherKey(syntax.From.Span);
        foreach (var input in node.Inputs)
            RefuseOtherKeys(input, syntax);
    }

    private static bool IsKeyOf(JoinNode join, PlanNode side) => side is JoinNode before
        ? before.ComparedColumns.Intersect(join.ComparedColumns).Any()
        : side is SourceNode or FilterNode && side.Keys is [var key] && key.Meanings.Intersect(join.ComparedColumns).Any();
}
