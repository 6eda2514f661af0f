using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Gives a stream's records the key that PARTITION BY says.</summary>
/// <param name="parts">The parts of the new key; none removes the key.</param>
/// <param name="needsValue">For each part, whether it is NULL for a record without value; others are made of the old key.</param>
internal sealed class RekeyOperator(SlotEvaluator[] parts, bool[] needsValue) : Operator
{
    private readonly Slot[] _key = new Slot[parts.Length];

    public override void Process(ref Change change)
    {
        var keyed = change;
        keyed.Key = parts.Length == 0 ? null : _key;
        for (var i = 0; i < parts.Length; i++)
        {
            // partition-by.json: key expression - with null value; null.json: stream PARTITION BY IS NULL with null value.
            var row = change.New ?? (needsValue[i] ? null : change.Valueless);
            if (row is null)
                _key[i] = default;
            else
                parts[i](row, ref _key[i]);
        }
        Forward(ref keyed);
    }
}
