namespace SockSort.Sql.Engine.State;

/// <summary>Reads and writes a group in an entry of stored state.</summary>
internal static class GroupCodec
{
    /// <param name="start">Start of the window of the group before in the same entry, 0 at first; becomes that of this one.</param>
    public static void Write(BinaryWriter into, GroupState state, ref long start)
    {
        ValueCodec.WriteNumber(into, state.Start - start);
        start = state.Start;
        ValueCodec.Write(into, state.Key);
        WriteValue(into, state);
    }

    /// <inheritdoc cref="Write"/>
    public static GroupState Read(BinaryReader from, ref long start)
    {
        start += ValueCodec.ReadNumber(from);
        var state = Read(from, from, start);
        state.Start = start;
        return state;
    }

    /// <summary>Writes everything but the key.</summary>
    public static void WriteValue(BinaryWriter into, GroupState state)
    {
        ValueCodec.Write(into, state.Slots);
        ValueCodec.WriteNumber(into, state.Timestamp - state.Start);
    }

    /// <param name="start">Start of the group's window; 0 without windows.</param>
    public static GroupState Read(BinaryReader key, BinaryReader value, long start = 0)
    {
        var (ownKey, slots) = (ValueCodec.ReadSlots(key), ValueCodec.ReadSlots(value));
        var state = new GroupState(ownKey, slots.Length) { Timestamp = start + ValueCodec.ReadNumber(value) };
        slots.CopyTo(state.Slots);
        return state;
    }
}
