using SockSort.Sql.Durability;
using SockSort.Sql.Execution;

namespace SockSort.Sql.State;

/// <summary>What is kept for one group (in one window).</summary>
/// <param name="key">The group's key; owned by the state.</param>
/// <param name="slots">The accumulators' state, one after the other.</param>
internal sealed class GroupState(Slot[] key, Slot[] slots)
{
    public Slot[] Key { get; } = key;

    public Slot[] Slots { get; } = slots;

    /// <summary>Of its window; milliseconds, 0 without windows.</summary>
    public long Start { get; set; }

    /// <summary>With which other groups it is kept; null where state is not kept.</summary>
    public GroupBlock? Block { get; set; }

    /// <summary>Of the newest record in it; milliseconds.</summary>
    public long Timestamp { get; set; } = long.MinValue;
}
