namespace SockSort.Sql.Values;

/// <summary>Compares single values; NULL equals NULL.</summary>
public sealed class SlotComparer : IEqualityComparer<Slot>
{
    public static readonly SlotComparer Instance = new();

    public bool Equals(Slot x, Slot y) => Slot.Same(x, y);

    public int GetHashCode(Slot slot) => slot.Hash();
}
