namespace SockSort.Sql.Engine.State;

/// <summary>
/// Groups that came one after the other, kept as one entry. Each has a place of its own, so that blocks in the order of their numbers give
/// groups in the order in which they came.
/// </summary>
/// <param name="first">Number of the first place; the places of all blocks together are counted through.</param>
/// <param name="capacity">Most places.</param>
internal sealed class GroupBlock(long first, int capacity)
{
    private GroupState?[] _places = new GroupState?[Math.Min(capacity, 4)];

    public long First => first;

    public bool IsFull => Used == capacity;

    /// <summary>The number of places taken, with those of groups that are gone.</summary>
    public int Used { get; private set; }

    /// <summary>The number of groups that are there.</summary>
    public int Live { get; private set; }

    /// <summary>The number of groups in the entry as it was last stored; 0 where there is none.</summary>
    public int Stored { get; set; }

    /// <summary>Whether it has changed since it was last stored.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Takes a group into the next place.</summary>
    public void Add(GroupState state)
    {
        if (Used == _places.Length)
            Array.Resize(ref _places, Math.Min(capacity, _places.Length * 2));
        _places[Used++] = state;
        state.Block = this;
        Live++;
    }

    /// <summary>Removes a group whose time is over.</summary>
    public void Drop(GroupState state)
    {
        _places[Array.IndexOf(_places, state, 0, Used)] = null;
        state.Block = null;
        Live--;
    }

    /// <summary>Writes groups until the entry is large enough, but one at least.</summary>
    /// <returns>Places that are written: all, or those before which the rest is to be split off.</returns>
    public int Write(BinaryWriter into, int mostBytes)
    {
        var start = 0L;
        for (var i = 0; i < Used; i++)
        {
            if (_places[i] is not { } state)
                continue;
            if (into.BaseStream.Position >= mostBytes)
                return i;
            GroupCodec.Write(into, state, ref start);
        }
        return Used;
    }

    /// <summary>Moves the groups from a place on into a block of their own.</summary>
    public GroupBlock SplitAt(int place)
    {
        var rest = new GroupBlock(first + place, capacity - place);
        foreach (var state in _places.AsSpan(place, Used - place))
        {
            if (state is null)
                continue;
            rest.Add(state);
            Live--;
        }
        Array.Resize(ref _places, place);
        (Used, capacity) = (place, place);
        return rest;
    }
}
