using SockSort.Sql.Engine.State;
using SockSort.Sql.Functions;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>The aggregates of one GROUP BY: they update a group's state with a row and evaluate the group's row.</summary>
/// <param name="arguments">For each aggregate, its arguments.</param>
/// <param name="rowLength">Slots of the group's row.</param>
/// <param name="groupSlots">Where the key's parts stand in it.</param>
/// <param name="resultSlots">Where each aggregate's result stands in it.</param>
internal sealed class GroupAccumulators(
    Accumulator[] accumulators, SlotEvaluator[][] arguments, int rowLength, int[] groupSlots, int[] resultSlots)
{
    private readonly Slot[] _values = new Slot[Math.Max(1, arguments.Select(list => list.Length).DefaultIfEmpty(0).Max())];
    private readonly int[] _offsets = Offsets(accumulators);
    private readonly int _width = accumulators.Sum(accumulator => accumulator.Width);

    /// <summary>Slots of state of a group.</summary>
    public int Width => _width;

    public int RowLength => rowLength;

    /// <summary>Makes the state of a group before its first row.</summary>
    /// <param name="key">The group's key, which must not change.</param>
    /// <param name="spare">A state of these accumulators that is not needed any more; null for none.</param>
    public GroupState Start(Slot[] key, GroupState? spare = null)
    {
        spare?.Reuse(key);
        var state = spare ?? new GroupState(key, _width);
        for (var i = 0; i < accumulators.Length; i++)
            accumulators[i].Start(Part(state, i));
        return state;
    }

    public void Add(GroupState state, Slot[] row)
    {
        for (var i = 0; i < accumulators.Length; i++)
            accumulators[i].Add(Part(state, i), ArgumentsOf(i, row));
    }

    public void Undo(GroupState state, Slot[] row)
    {
        for (var i = 0; i < accumulators.Length; i++)
            accumulators[i].Undo(Part(state, i), ArgumentsOf(i, row));
    }

    /// <summary>Merges another state into a state.</summary>
    public void Merge(GroupState state, GroupState other)
    {
        for (var i = 0; i < accumulators.Length; i++)
            accumulators[i].Merge(Part(state, i), Part(other, i));
    }

    /// <summary>Writes key parts and results; the window's bounds are left to the caller.</summary>
    public void Write(GroupState state, Slot[] row)
    {
        for (var i = 0; i < groupSlots.Length; i++)
            row[groupSlots[i]] = state.Key[i];
        for (var i = 0; i < accumulators.Length; i++)
            row[resultSlots[i]] = accumulators[i].Result(Part(state, i));
    }

    private static int[] Offsets(Accumulator[] accumulators)
    {
        var (offsets, at) = (new int[accumulators.Length], 0);
        for (var i = 0; i < accumulators.Length; i++)
            (offsets[i], at) = (at, at + accumulators[i].Width);
        return offsets;
    }

    private Span<Slot> Part(GroupState state, int index) => state.Slots.Slice(_offsets[index], accumulators[index].Width);

    private ReadOnlySpan<Slot> ArgumentsOf(int index, Slot[] row)
    {
        var evaluators = arguments[index];
        for (var i = 0; i < evaluators.Length; i++)
            evaluators[i](row, ref _values[i]);
        return _values.AsSpan(0, evaluators.Length);
    }
}
