using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>Compares rows and keys by their values. An array that is used as a key in a store must not change.</summary>
internal sealed class RowKeyComparer : IEqualityComparer<Slot[]>
{
    public static readonly RowKeyComparer Instance = new();

    public bool Equals(Slot[]? x, Slot[]? y)
    {
        if (x is null || y is null || x.Length != y.Length)
            return ReferenceEquals(x, y);
        for (var i = 0; i < x.Length; i++)
        {
            if (!Slot.Same(x[i], y[i]))
                return false;
        }
        return true;
    }

    /// <summary>Whether two keys of one length hold the same numbers and the same objects; equal keys may not.</summary>
    public static bool AreIdentical(Slot[] x, Slot[] y)
    {
        for (var i = 0; i < x.Length && i < y.Length; i++)
        {
            if (!ReferenceEquals(x[i].Ref, y[i].Ref) || x[i].Bits != y[i].Bits)
                return false;
        }
        return x.Length == y.Length;
    }

    public int GetHashCode(Slot[] row)
    {
        if (row.Length == 1)
            return row[0].Hash();
        var hash = new HashCode();
        foreach (ref readonly var slot in row.AsSpan())
            hash.Add(slot.Hash());
        return hash.ToHashCode();
    }
}
