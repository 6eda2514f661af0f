using SockSort.Sql.State;

namespace SockSort.Sql.Durability;

/// <summary>Keeps groups without windows.</summary>
internal sealed class KeptGroups
{
    private const byte Part = 0;

    private List<GroupState>? _changed;

    public void KeepState() => _changed = [];

    public void Changed(GroupState state)
    {
        if (_changed is null || state.IsChanged)
            return;
        state.IsChanged = true;
        _changed.Add(state);
    }

    public void SaveChanges(StateWriter into)
    {
        foreach (var state in _changed ?? [])
        {
            into.Put(Part, state.Key, value => WriteValue(value, state));
            state.IsChanged = false;
        }
        _changed?.Clear();
    }

    public static void WriteValue(BinaryWriter into, GroupState state)
    {
        ValueCodec.Write(into, state.Slots);
        into.Write(state.Timestamp);
        into.Write(state.Number);
    }

    public static GroupState Read(BinaryReader key, BinaryReader value)
    {
        var state = new GroupState(ValueCodec.ReadSlots(key), ValueCodec.ReadSlots(value));
        (state.Timestamp, state.Number) = (value.ReadInt64(), value.ReadInt64());
        return state;
    }
}
