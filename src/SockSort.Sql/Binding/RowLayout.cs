using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>A place in the rows of one operator; its number is known when the whole query is bound.</summary>
public sealed class ColumnSlot(string name, SqlType type)
{
    public string Name { get; } = name;

    public SqlType Type { get; } = type;

    /// <summary>Index in the rows that the operator reads, from 0; set by <see cref="RowLayout"/>.</summary>
    public int Index { get; internal set; } = -1;
}

/// <summary>The slots of an operator's rows. Only columns that some expression asks for have one.</summary>
public sealed class RowLayout
{
    private readonly List<ColumnSlot> _slots = [];

    public IReadOnlyList<ColumnSlot> Slots => _slots;

    public int Count => _slots.Count;

    public ColumnSlot Add(string name, SqlType type)
    {
        var slot = new ColumnSlot(name, type) { Index = _slots.Count };
        _slots.Add(slot);
        return slot;
    }
}
