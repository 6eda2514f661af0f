using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>The order of values within one type.</summary>
public static class SlotOrder
{
    /// <summary>Compares two values, neither of them NULL: below 0, 0 or above 0.</summary>
    public static int Compare(SqlBaseType type, in Slot left, in Slot right) => type switch
    {
        SqlBaseType.Double => left.AsDouble.CompareTo(right.AsDouble),
        SqlBaseType.String => string.CompareOrdinal((string)left.Ref!, (string)right.Ref!),
        SqlBaseType.Decimal => ((BigDecimal)left.Ref!).CompareTo((BigDecimal)right.Ref!),
        SqlBaseType.Bytes => ((SqlBytes)left.Ref!).CompareTo((SqlBytes)right.Ref!),
        _ => left.Bits.CompareTo(right.Bits),
    };
}
