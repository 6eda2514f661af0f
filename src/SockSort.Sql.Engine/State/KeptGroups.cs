using System.Runtime.InteropServices;

namespace SockSort.Sql.Engine.State;

/// <summary>
/// Keeps groups by blocks of those that came one after the other: groups of neighbouring windows change and go together, and a block costs
/// the disk as much as a single group.
/// </summary>
/// <remarks>A block is written once a commit, however often its groups have changed, and goes when its last group goes.</remarks>
internal sealed class KeptGroups(byte part)
{
    // Of small groups, about two pages of the log's file.
    private const int MostGroups = 64;

    // Where groups are large, a change of one should not write many.
    private const int MostBytes = 16 << 10;

    // A block of which a quarter is left is written again, so that few groups that stay do not keep much of what is gone.
    private const int ShrinksAt = 4;

    private readonly List<GroupBlock> _dirty = [];
    private GroupBlock? _newest;
    private long _next;
    private bool _keeps;

    public void KeepState() => _keeps = true;

    public void Changed(GroupState state)
    {
        if (state.Block is { } block)
            MarkDirty(block);
        else if (_keeps)
            Take(state);
    }

    /// <summary>Removes groups whose time is over.</summary>
    public void Dropped(ReadOnlySpan<GroupState> states)
    {
        // Groups of long ago lie in memory that no cache holds any more: where none is kept, none is looked at.
        if (!_keeps)
            return;
        foreach (var state in states)
            Dropped(state);
    }

    /// <summary>Removes a group whose time is over.</summary>
    public void Dropped(GroupState state)
    {
        if (state.Block is not { } block)
            return;
        block.Drop(state);
        if (block.Live * ShrinksAt <= block.Stored)
            MarkDirty(block);
    }

    public void SaveChanges(StateWriter into)
    {
        // What is split off follows at the end.
        for (var i = 0; i < _dirty.Count; i++)
            Save(_dirty[i], into);
        _dirty.Clear();
    }

    /// <summary>The groups of one entry. Entries come in the order in which they were made, and so do their groups.</summary>
    public ReadOnlySpan<GroupState> Restore(BinaryReader key, BinaryReader value)
    {
        var block = new GroupBlock(key.ReadOrdered(), MostGroups);
        var groups = new List<GroupState>();
        for (var start = 0L; value.BaseStream.Position < value.BaseStream.Length;)
        {
            groups.Add(GroupCodec.Read(value, ref start));
            block.Add(groups[^1]);
        }
        block.Stored = block.Live;
        _next = (block.First / MostGroups * MostGroups) + MostGroups;
        return CollectionsMarshal.AsSpan(groups);
    }

    private void Take(GroupState state)
    {
        if (_newest is not { IsFull: false })
        {
            _newest = new(_next, MostGroups);
            _next += MostGroups;
        }
        _newest.Add(state);
        MarkDirty(_newest);
    }

    private void MarkDirty(GroupBlock block)
    {
        if (block.IsDirty)
            return;
        block.IsDirty = true;
        _dirty.Add(block);
    }

    private void Save(GroupBlock block, StateWriter into)
    {
        block.IsDirty = false;
        if (block.Live > 0)
        {
            var written = 0;
            into.Put(part, block.First, value => written = block.Write(value, MostBytes));
            if (written < block.Used)
                MarkDirty(block.SplitAt(written));
        }
        else if (block.Stored > 0)
            into.Remove(part, block.First);
        block.Stored = block.Live;
    }
}
