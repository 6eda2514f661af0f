using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>One value of a row, without boxing: numbers in <see cref="Bits"/>, everything else in <see cref="Ref"/>.</summary>
/// <remarks>
/// NULL has a null <see cref="Ref"/>. BOOLEAN is 0 or 1, DOUBLE its bit pattern, DATE days, TIME and TIMESTAMP milliseconds; their
/// <see cref="Ref"/> is <see cref="Present"/>.
/// </remarks>
public struct Slot
{
    /// <summary>Stands in <see cref="Ref"/> where the value is in <see cref="Bits"/>.</summary>
    public static readonly object Present = new();

    public object? Ref;
    public long Bits;

    public readonly bool IsNull => Ref is null;

    public static Slot Of(long value) => new() { Ref = Present, Bits = value };

    public static Slot Of(double value) => new() { Ref = Present, Bits = BitConverter.DoubleToInt64Bits(value) };

    public static Slot Of(bool value) => new() { Ref = Present, Bits = value ? 1 : 0 };

    public static Slot Of(object? value) => new() { Ref = value };

    /// <summary>Makes a slot of a boxed value as <see cref="SqlArray"/> holds them.</summary>
    public static Slot FromObject(object? value) => value switch
    {
        null => default,
        bool flag => Of(flag),
        int number => Of((long)number),
        long number => Of(number),
        double number => Of(number),
        SqlDate date => Of((long)date.Days),
        SqlTime time => Of((long)time.Milliseconds),
        SqlTimestamp timestamp => Of(timestamp.Milliseconds),
        TimeUnit unit => Of((long)unit),
        _ => Of(value),
    };

    public readonly double AsDouble => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>Returns the boxed value of a slot of that type; null for NULL.</summary>
    public readonly object? ToObject(SqlBaseType type) => Ref is null ? null : type switch
    {
        SqlBaseType.Boolean => Bits != 0,
        SqlBaseType.Integer => (int)Bits,
        SqlBaseType.Bigint => Bits,
        SqlBaseType.Double => AsDouble,
        SqlBaseType.Date => new SqlDate((int)Bits),
        SqlBaseType.Time => new SqlTime((int)Bits),
        SqlBaseType.Timestamp => new SqlTimestamp(Bits),
        _ => Ref,
    };

    /// <summary>Whether two values of one type are equal; NULL equals NULL.</summary>
    public static bool Same(in Slot left, in Slot right) =>
        ReferenceEquals(left.Ref, right.Ref)
            ? !ReferenceEquals(left.Ref, Present) || left.Bits == right.Bits
            : left.Ref is not null && left.Ref.Equals(right.Ref);

    /// <summary>A hash code, equal for values that are <see cref="Same"/>.</summary>
    public readonly int Hash()
    {
        if (Ref is null)
            return 0;
        return ReferenceEquals(Ref, Present) ? Bits.GetHashCode() : Ref.GetHashCode();
    }
}
