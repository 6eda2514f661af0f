using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>Gives the same array for keys that come again and again: groups of many windows share it.</summary>
internal sealed class KeyCache
{
    private const int Size = 256;

    private readonly Slot[]?[] _keys = new Slot[]?[Size];

    /// <param name="key">May be reused by the caller.</param>
    /// <returns>An equal key that never changes.</returns>
    public Slot[] Own(Slot[] key)
    {
        ref var known = ref _keys[RowKeyComparer.Instance.GetHashCode(key) & (Size - 1)];
        if (known is null || !RowKeyComparer.Instance.Equals(known, key))
            known = (Slot[])key.Clone();
        return known;
    }
}
