using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Evaluates the columns of the result, for the old row too where there is one.</summary>
internal sealed class ProjectOperator(SlotEvaluator[] values) : Operator
{
    private readonly Slot[] _new = new Slot[values.Length];
    private readonly Slot[] _old = new Slot[values.Length];

    public override void Process(ref Change change)
    {
        var projected = change;
        projected.New = change.New is null ? null : Evaluate(change.New, _new);
        projected.Old = change.Old is null ? null : Evaluate(change.Old, _old);
        Forward(ref projected);
    }

    private Slot[] Evaluate(Slot[] row, Slot[] result)
    {
        for (var i = 0; i < values.Length; i++)
            values[i](row, ref result[i]);
        return result;
    }
}
