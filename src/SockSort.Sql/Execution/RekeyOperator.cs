namespace SockSort.Sql.Execution;

/// <summary>Gives a stream's records the key that PARTITION BY says.</summary>
/// <param name="parts">None: the key is removed.</param>
internal sealed class RekeyOperator(SlotEvaluator[] parts) : Operator
{
    private readonly Slot[] _key = new Slot[parts.Length];

    public override void Process(ref Change change)
    {
        var keyed = change;
        keyed.Key = parts.Length == 0 ? null : _key;
        for (var i = 0; i < parts.Length; i++)
        {
            // Without a value there is nothing to take the key from (null.json: stream PARTITION BY with null value).
            if (change.New is null)
                _key[i] = default;
            else
                parts[i](change.New, ref _key[i]);
        }
        Forward(ref keyed);
    }
}
