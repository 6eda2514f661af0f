using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>GROUP BY without windows, over a stream or a table.</summary>
internal sealed class GroupOperator(GroupKey groupBy, GroupAccumulators accumulators, bool overTable) : Operator, IKeepsState
{
    private readonly KeptGroups _kept = new(part: 0);
    private readonly Dictionary<Slot[], GroupState> _groups = new(RowKeyComparer.Instance);
    private readonly Slot[] _key = new Slot[groupBy.Length];
    private readonly Slot[] _oldKey = new Slot[groupBy.Length];
    private readonly Slot[] _before = new Slot[accumulators.RowLength];
    private readonly Slot[] _after = new Slot[accumulators.RowLength];

    // A dictionary entry, the key's array, the state; strings are shared with the rows.
    public override long StateBytes => _groups.Count * (40L + 24 + (16 * _key.Length) + GroupState.LengthBytes(accumulators.Width));

    public override void Process(ref Change change)
    {
        if (!overTable)
        {
            if (change.New is not null && groupBy.TryRead(change.New, _key))
                Emit(ref change, _key, taken: null, added: change.New);
            return;
        }
        var hadKey = change.Old is not null && groupBy.TryRead(change.Old, _oldKey);
        var hasKey = change.New is not null && groupBy.TryRead(change.New, _key);
        if (hadKey && hasKey && RowKeyComparer.Instance.Equals(_oldKey, _key))
        {
            // The row stays in its group: one change, not two (old out, new in).
            Emit(ref change, _key, change.Old, change.New);
            return;
        }
        if (hadKey)
            Emit(ref change, _oldKey, change.Old, added: null);
        if (hasKey)
            Emit(ref change, _key, taken: null, change.New);
    }

    public void KeepState() => _kept.KeepState();

    public void SaveChanges(StateWriter into) => _kept.SaveChanges(into);

    public void Restore(byte part, BinaryReader key, BinaryReader value)
    {
        foreach (var state in _kept.Restore(key, value))
            _groups.Add(state.Key, state);
    }

    private void Emit(ref Change change, Slot[] key, Slot[]? taken, Slot[]? added)
    {
        var isNew = !_groups.TryGetValue(key, out var state);
        if (isNew)
        {
            if (added is null)
                return;
            state = accumulators.Start((Slot[])key.Clone());
            _groups.Add(state.Key, state);
        }
        else
            accumulators.Write(state!, _before);
        if (taken is not null)
            accumulators.Undo(state!, taken);
        if (added is not null)
            accumulators.Add(state!, added);
        accumulators.Write(state!, _after);
        state!.Timestamp = Math.Max(state.Timestamp, change.Timestamp);
        _kept.Changed(state);
        var result = new Change
        {
            Key = state.Key,
            Old = isNew ? null : _before,
            New = _after,
            Timestamp = state.Timestamp,
            Headers = change.Headers,
        };
        Forward(ref result);
    }
}
