using System.Diagnostics.CodeAnalysis;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>The groups of one window, in the order in which they came. Few are compared one by one, many are hashed.</summary>
/// <remarks>
/// Short windows hold a handful of groups and there are thousands of them at a time: a dictionary each would cost more than its groups.
/// </remarks>
internal sealed class WindowGroups
{
    private const int MostCompared = 8;

    // Behind the groups lie those of an earlier window, to be used again.
    private GroupState?[] _groups = new GroupState?[4];
    private Dictionary<Slot[], GroupState>? _index;

    public int Count { get; private set; }

    /// <summary>The state of a group of the window whose place this one has taken, to be used again; null for none.</summary>
    public GroupState? Spare => Count < _groups.Length ? _groups[Count] : null;

    public ReadOnlySpan<GroupState> Groups => _groups.AsSpan(0, Count)!;

    public bool TryGetValue(Slot[] key, [NotNullWhen(true)] out GroupState? state)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out state);
        state = Identical(key) ?? Equal(key);
        return state is not null;
    }

    /// <summary>Forgets its groups, whose states wait to be used again.</summary>
    public void Clear() => (Count, _index) = (0, null);

    /// <param name="state">The state of a key that is not there yet.</param>
    public void Add(GroupState state)
    {
        if (Count == _groups.Length)
            Array.Resize(ref _groups, _groups.Length * 2);
        _groups[Count++] = state;
        if (_index is null && Count > MostCompared)
            _index = Groups.ToArray().ToDictionary(group => group.Key, RowKeyComparer.Instance);
        else
            _index?.Add(state.Key, state);
    }

    /// <summary>Labels that come again and again are mostly the same objects, which costs less to see than that they are equal.</summary>
    private GroupState? Identical(Slot[] key)
    {
        foreach (var group in Groups)
        {
            if (RowKeyComparer.AreIdentical(group.Key, key))
                return group;
        }
        return null;
    }

    private GroupState? Equal(Slot[] key)
    {
        foreach (var group in Groups)
        {
            if (RowKeyComparer.Instance.Equals(group.Key, key))
                return group;
        }
        return null;
    }
}
