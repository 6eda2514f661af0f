using SockSort.Sql.State;

namespace SockSort.Sql.Durability;

/// <summary>How a window lies among the kept entries.</summary>
internal enum KeptAs
{
    Nothing,

    /// <summary>One entry with all its groups.</summary>
    Whole,

    /// <summary>An entry for each group.</summary>
    Groups,
}

/// <summary>Keeps windows and their groups: a window of few groups as one entry, a larger one by its groups, so that a change of one is not a change of all.</summary>
/// <remarks>Short windows come and go by the thousand between two commits: one entry each, and none for those that are over by then, costs a sixth.</remarks>
internal sealed class KeptWindows(byte part)
{
    private const int MostTogether = 64;

    private readonly List<(long Start, WindowGroups Window)> _windows = [];
    private readonly List<(long Start, WindowGroups Window, GroupState State)> _groups = [];
    private readonly List<(long Start, WindowGroups Window)> _dropped = [];

    public void Changed(long start, WindowGroups window, GroupState state)
    {
        if (!state.IsChanged)
        {
            state.IsChanged = true;
            if (window.Count > MostTogether)
                _groups.Add((start, window, state));
        }
        if (window.IsChanged)
            return;
        window.IsChanged = true;
        _windows.Add((start, window));
    }

    public void Dropped(long start, WindowGroups window)
    {
        window.IsDropped = true;
        if (window.Kept != KeptAs.Nothing)
            _dropped.Add((start, window));
    }

    public void SaveChanges(StateWriter into)
    {
        foreach (var (start, window) in _windows)
        {
            if (!window.IsDropped)
                Save(into, start, window);
            window.IsChanged = false;
        }
        foreach (var (start, window, state) in _groups)
        {
            if (!window.IsDropped && state.IsChanged)
                Save(into, start, state);
        }
        foreach (var (start, window) in _dropped)
            Remove(into, start, window);
        _windows.Clear();
        _groups.Clear();
        _dropped.Clear();
    }

    /// <summary>The groups of one entry, with the start of their window.</summary>
    public static IEnumerable<(long Start, GroupState State, KeptAs Kept)> Read(BinaryReader key, BinaryReader value)
    {
        var (start, kept) = (key.ReadInt64(), (KeptAs)key.ReadByte());
        if (kept == KeptAs.Groups)
        {
            yield return (start, KeptGroups.Read(key, value), kept);
            yield break;
        }
        for (var left = value.Read7BitEncodedInt(); left > 0; left--)
            yield return (start, KeptGroups.Read(value, value), kept);
    }

    private void Save(StateWriter into, long start, WindowGroups window)
    {
        if (window.Count <= MostTogether && window.Kept != KeptAs.Groups)
        {
            window.Kept = KeptAs.Whole;
            into.Put(part, key => WriteKey(key, start, KeptAs.Whole), value => WriteAll(value, window));
            return;
        }
        if (window.Kept == KeptAs.Groups)
            return;
        // It has grown: all its groups part now.
        if (window.Kept == KeptAs.Whole)
            into.Remove(part, key => WriteKey(key, start, KeptAs.Whole));
        window.Kept = KeptAs.Groups;
        foreach (var state in window.Groups)
            Save(into, start, state);
    }

    private void Save(StateWriter into, long start, GroupState state)
    {
        into.Put(part, key => WriteGroupKey(key, start, state), value => KeptGroups.WriteValue(value, state));
        state.IsChanged = false;
    }

    private void Remove(StateWriter into, long start, WindowGroups window)
    {
        if (window.Kept == KeptAs.Whole)
        {
            into.Remove(part, key => WriteKey(key, start, KeptAs.Whole));
            return;
        }
        foreach (var state in window.Groups)
            into.Remove(part, key => WriteGroupKey(key, start, state));
    }

    private static void WriteAll(BinaryWriter into, WindowGroups window)
    {
        into.Write7BitEncodedInt(window.Count);
        foreach (var state in window.Groups)
        {
            ValueCodec.Write(into, state.Key);
            KeptGroups.WriteValue(into, state);
            state.IsChanged = false;
        }
    }

    private static void WriteGroupKey(BinaryWriter into, long start, GroupState state)
    {
        WriteKey(into, start, KeptAs.Groups);
        ValueCodec.Write(into, state.Key);
    }

    private static void WriteKey(BinaryWriter into, long start, KeptAs kept)
    {
        into.Write(start);
        into.Write((byte)kept);
    }
}
