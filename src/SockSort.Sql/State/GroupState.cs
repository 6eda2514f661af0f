using SockSort.Sql.Execution;

namespace SockSort.Sql.State;

/// <summary>What is kept for one group (in one window).</summary>
/// <param name="key">The group's key; owned by the state.</param>
/// <param name="slots">The accumulators' state, one after the other.</param>
internal sealed class GroupState(Slot[] key, Slot[] slots)
{
    public Slot[] Key { get; } = key;

    public Slot[] Slots { get; } = slots;

    /// <summary>Rises with each group of an operator with windows: the order in which they came.</summary>
    public long Number { get; set; }

    /// <summary>Changed since it was last kept.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Of the newest record in it; milliseconds.</summary>
    public long Timestamp { get; set; } = long.MinValue;
}
