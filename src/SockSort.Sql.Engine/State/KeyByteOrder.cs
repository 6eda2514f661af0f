using System.Text;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>
/// Orders keys as their bytes in Kafka's own formats are ordered: negative numbers after positive ones, strings by UTF-8.
/// </summary>
internal sealed class KeyByteOrder(IReadOnlyList<SqlBaseType> types) : IComparer<Slot[]>
{
    public int Compare(Slot[]? x, Slot[]? y)
    {
        for (var i = 0; i < types.Count; i++)
        {
            var order = Compare(types[i], x![i], y![i]);
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static int Compare(SqlBaseType type, in Slot left, in Slot right)
    {
        if (left.IsNull || right.IsNull)
            return right.IsNull.CompareTo(left.IsNull);
        return type switch
        {
            SqlBaseType.String =>
                Encoding.UTF8.GetBytes((string)left.Ref!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)right.Ref!)),
            SqlBaseType.Decimal or SqlBaseType.Bytes => SlotOrder.Compare(type, left, right),
            SqlBaseType.Array or SqlBaseType.Map or SqlBaseType.Struct =>
                string.CompareOrdinal(SqlText.Of(left.Ref!), SqlText.Of(right.Ref!)),
            _ => ((ulong)left.Bits).CompareTo((ulong)right.Bits),
        };
    }
}
