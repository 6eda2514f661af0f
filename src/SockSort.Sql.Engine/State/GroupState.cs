using System.Runtime.InteropServices;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>The state of one group (in one window).</summary>
/// <param name="key">The group's key; must not change.</param>
/// <param name="width">Slots of the accumulators' state, at least 1.</param>
internal sealed class GroupState(Slot[] key, int width)
{
    // Most groups have one aggregate, and there are hundreds of thousands of them: an array each would double what they take.
    private readonly Slot[]? _slots = width > 1 ? new Slot[width] : null;
    private Slot _only;

    /// <summary>Rough bytes that a state takes, without its key.</summary>
    public static long LengthBytes(int width) => 16 + (6 * 8) + 16 + (width > 1 ? 24 + (16L * width) : 0);

    public Slot[] Key { get; private set; } = key;

    /// <summary>The accumulators' state, one after the other.</summary>
    public Span<Slot> Slots => _slots is null ? MemoryMarshal.CreateSpan(ref _only, 1) : _slots;

    /// <summary>Start of its window in milliseconds; 0 without windows.</summary>
    public long Start { get; set; }

    /// <summary>The block that it is stored in; null where state is not stored.</summary>
    public GroupBlock? Block { get; set; }

    /// <summary>Time of the newest record in it, in milliseconds.</summary>
    public long Timestamp { get; set; } = long.MinValue;

    /// <summary>Makes it the state of another group, as if it were new; its own is over.</summary>
    public void Reuse(Slot[] key)
    {
        (Key, Start, Block, Timestamp) = (key, 0, null, long.MinValue);
        Slots.Clear();
    }
}
