using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Evaluates the expressions of GROUP BY; a row with a NULL among them belongs to no group.</summary>
internal sealed class GroupKey(SlotEvaluator[] groupBy, QueryMetrics metrics)
{
    public int Length => groupBy.Length;

    /// <param name="row">A row of the input.</param>
    /// <param name="key">Receives the group's key.</param>
    /// <returns>False where the row is left out; it has been counted.</returns>
    public bool TryRead(Slot[] row, Slot[] key)
    {
        for (var i = 0; i < groupBy.Length; i++)
        {
            groupBy[i](row, ref key[i]);
            if (!key[i].IsNull)
                continue;
            metrics.Skip("a record was left out: an expression of GROUP BY is NULL");
            return false;
        }
        return true;
    }
}
