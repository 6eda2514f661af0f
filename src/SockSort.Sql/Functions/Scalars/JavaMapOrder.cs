using SockSort.Sql.Types;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>
/// The order in which Java's <c>HashMap</c> gives its entries: by the low bits of the keys' hash codes. ksqlDB's maps are such; what turns
/// a map into a list shows it.
/// </summary>
internal static class JavaMapOrder
{
    private const double LoadFactor = 0.75;

    public static IEnumerable<KeyValuePair<object, object?>> Of(SqlMap map)
    {
        var mask = Capacity(map.Count) - 1;
        return map.OrderBy(entry => Bucket(entry.Key, mask));
    }

    /// <summary>ksqlDB's reader of JSON makes a map for as many entries as there are; it doubles when three quarters are full.</summary>
    private static int Capacity(int count)
    {
        var capacity = 1;
        while (capacity < count || count > LoadFactor * capacity)
            capacity *= 2;
        return capacity;
    }

    private static int Bucket(object key, int mask)
    {
        var hash = HashCode(key);
        return (hash ^ (int)((uint)hash >> 16)) & mask;
    }

    private static int HashCode(object key) => key switch
    {
        string text => text.Aggregate(0, (hash, c) => unchecked((hash * 31) + c)),
        int number => number,
        long number => (int)(number ^ (long)((ulong)number >> 32)),
        bool flag => flag ? 1231 : 1237,
        double number => HashCode(BitConverter.DoubleToInt64Bits(number)),
        _ => 0,
    };
}
