using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>The value by which one side of a join is matched, with the window where keys are windowed.</summary>
internal sealed class JoinKey(SlotEvaluator value, WindowType? window)
{
    // The windows' bounds stand behind the value.
    private readonly Slot[] _full = new Slot[window is null ? 1 : 3];
    private readonly Slot[] _value = new Slot[1];

    /// <summary>The key's parts without the window; what the joined record gets as its key.</summary>
    public Slot[] Value => _value;

    /// <summary>The key's value and window; the array is reused by the next call.</summary>
    public Slot[] Full => _full;

    /// <returns>False where the value is NULL: such a record has no partner.</returns>
    public bool Read(Slot[] row, ref Change change)
    {
        value(row, ref _value[0]);
        _full[0] = _value[0];
        if (window is not null)
        {
            _full[1] = Slot.Of(change.WindowStart);
            _full[2] = Slot.Of(window.Kind == WindowKind.Session ? change.WindowEnd : change.WindowStart);
        }
        return !_value[0].IsNull;
    }
}
