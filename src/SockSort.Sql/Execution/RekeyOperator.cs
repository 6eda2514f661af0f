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
        // A record without value still has its old key to make a new one of (partition-by.json: key expression - with null value).
        var row = change.New ?? change.Valueless;
        for (var i = 0; i < parts.Length; i++)
        {
            if (row is null)
                _key[i] = default;
            else
                parts[i](row, ref _key[i]);
        }
        Forward(ref keyed);
    }
}
