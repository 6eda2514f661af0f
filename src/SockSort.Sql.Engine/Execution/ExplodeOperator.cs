using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Makes rows out of one: the n-th row holds the n-th value of each table function, NULL where one has fewer than the others.
/// </summary>
/// <param name="functions">Each gives its values (<c>IEnumerable&lt;object?&gt;</c>, NULL for none) and the slot they go to.</param>
internal sealed class ExplodeOperator((SlotEvaluator Values, int Slot)[] functions) : Operator
{
    private readonly IReadOnlyList<object?>[] _values = new IReadOnlyList<object?>[functions.Length];

    public override void Process(ref Change change)
    {
        if (change.New is not { } row)
            return;
        var count = 0;
        for (var i = 0; i < functions.Length; i++)
        {
            Slot made = default;
            functions[i].Values(row, ref made);
            _values[i] = made.Ref switch { null => [], IReadOnlyList<object?> list => list, var some => [.. (IEnumerable<object?>)some] };
            count = Math.Max(count, _values[i].Count);
        }
        for (var n = 0; n < count; n++)
        {
            for (var i = 0; i < functions.Length; i++)
                row[functions[i].Slot] = n < _values[i].Count ? Slot.FromObject(_values[i][n]) : default;
            var made = change;
            Forward(ref made);
        }
    }
}
