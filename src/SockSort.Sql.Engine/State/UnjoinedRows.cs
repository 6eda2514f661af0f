using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>Records of an outer join that have found no partner yet; they go out alone when their window closes.</summary>
internal sealed class UnjoinedRows
{
    private readonly SortedDictionary<(long At, bool IsLeft, long Number), (Slot[] Key, Slot[] Row)> _rows = [];
    private readonly Dictionary<Slot[], List<(long At, bool IsLeft, long Number)>> _byKey = new(RowKeyComparer.Instance);
    private long _added;
    private HashSet<(long At, bool IsLeft, long Number)>? _changed;

    public int Count => _rows.Count;

    public void Add(Slot[] key, bool isLeft, long at, Slot[] row)
    {
        var place = (at, isLeft, _added++);
        _ = _changed?.Add(place);
        Put(place, (Slot[])key.Clone(), (Slot[])row.Clone());
    }

    private void Put((long At, bool IsLeft, long Number) place, Slot[] ownKey, Slot[] row)
    {
        _rows.Add(place, (ownKey, row));
        if (!_byKey.TryGetValue(ownKey, out var places))
            _byKey.Add(ownKey, places = []);
        places.Add(place);
    }

    /// <summary>The records of that side, key and time have found a partner.</summary>
    public void Remove(Slot[] key, bool isLeft, long at)
    {
        if (!_byKey.TryGetValue(key, out var places))
            return;
        foreach (var place in places.Where(place => place.At == at && place.IsLeft == isLeft).ToList())
            Forget(key, places, place);
    }

    /// <summary>
    /// Takes out the records whose window has closed, oldest first; at one time the right side's first, as Kafka Streams orders its store.
    /// </summary>
    /// <param name="isClosed">
    /// Says from a record's time and side whether its window has closed; once false for a time, it is false for later ones of that side.
    /// </param>
    public List<(Slot[] Key, Slot[] Row, long At, bool IsLeft)> TakeClosed(Func<long, bool, bool> isClosed)
    {
        var closed = new List<(Slot[], Slot[], long, bool)>();
        foreach (var (place, (key, row)) in _rows)
        {
            if (isClosed(place.At, place.IsLeft))
                closed.Add((key, row, place.At, place.IsLeft));
            else if (!isClosed(place.At, !place.IsLeft))
                break;
        }
        foreach (var (key, _, at, isLeft) in closed)
            Remove(key, isLeft, at);
        return closed;
    }

    private void Forget(Slot[] key, List<(long At, bool IsLeft, long Number)> places, (long At, bool IsLeft, long Number) place)
    {
        _ = _rows.Remove(place);
        _ = _changed?.Add(place);
        _ = places.Remove(place);
        if (places.Count == 0)
            _ = _byKey.Remove(key);
    }

    public void KeepState() => _changed = [];

    public void SaveChanges(byte part, StateWriter into)
    {
        foreach (var place in _changed ?? [])
        {
            if (_rows.TryGetValue(place, out var kept))
                into.Put(part, key => WriteKey(key, place), value => WriteRow(value, kept.Key, kept.Row));
            else
                into.Remove(part, key => WriteKey(key, place));
        }
        _changed?.Clear();
    }

    public void Restore(BinaryReader key, BinaryReader value)
    {
        var place = (key.ReadOrdered(), key.ReadBoolean(), key.ReadOrdered());
        _added = Math.Max(_added, place.Item3 + 1);
        Put(place, ValueCodec.ReadSlots(value), ValueCodec.ReadSlots(value));
    }

    private static void WriteKey(BinaryWriter into, (long At, bool IsLeft, long Number) place)
    {
        into.WriteOrdered(place.At);
        into.Write(place.IsLeft);
        into.WriteOrdered(place.Number);
    }

    private static void WriteRow(BinaryWriter into, Slot[] key, Slot[] row)
    {
        ValueCodec.Write(into, key);
        ValueCodec.Write(into, row);
    }
}
