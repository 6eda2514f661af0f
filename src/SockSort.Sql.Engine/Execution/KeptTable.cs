using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Keeps a dictionary of rows by key: notes the keys that change, and writes them.</summary>
internal sealed class KeptTable(byte part, Dictionary<Slot[], TableRow> rows)
{
    private HashSet<Slot[]>? _changed;

    public void KeepState() => _changed = new(RowKeyComparer.Instance);

    /// <param name="key">May be reused by the caller.</param>
    public void Changed(Slot[] key)
    {
        if (_changed is not null && !_changed.Contains(key))
            _ = _changed.Add((Slot[])key.Clone());
    }

    public void SaveChanges(StateWriter into)
    {
        if (_changed is null)
            return;
        foreach (var key in _changed)
        {
            if (rows.TryGetValue(key, out var row))
                into.Put(part, key, value => Write(value, row));
            else
                into.Remove(part, key);
        }
        _changed.Clear();
    }

    /// <returns>The row that was put back.</returns>
    public TableRow Restore(BinaryReader key, BinaryReader value)
    {
        var row = new TableRow(ValueCodec.ReadSlots(value), value.ReadInt64(), value.ReadInt32());
        rows[ValueCodec.ReadSlots(key)] = row;
        return row;
    }

    public static void Write(BinaryWriter into, TableRow row)
    {
        ValueCodec.Write(into, row.Row);
        into.Write(row.Timestamp);
        into.Write(row.LengthBytes);
    }
}
