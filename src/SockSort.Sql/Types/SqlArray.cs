using System.Collections;

namespace SockSort.Sql.Types;

/// <summary>A value of type ARRAY; compared element by element. Immutable.</summary>
/// <param name="items">
/// Boxed values, null for NULL: <c>int</c>, <c>long</c>, <c>double</c>, <c>bool</c>, <c>string</c>, <see cref="BigDecimal"/>,
/// <see cref="SqlBytes"/>,
/// <see cref="SqlDate"/>, <see cref="SqlTime"/>, <see cref="SqlTimestamp"/>, <see cref="SqlArray"/>, <see cref="SqlMap"/>,
/// <see cref="SqlStruct"/>.
/// Owned by this value from now on.
/// </param>
public sealed class SqlArray(IReadOnlyList<object?> items) : IReadOnlyList<object?>, IEquatable<SqlArray>
{
    public static readonly SqlArray Empty = new([]);

    public int Count => items.Count;

    /// <param name="index">From 0.</param>
    public object? this[int index] => items[index];

    public bool Equals(SqlArray? other) => other is not null && Count == other.Count && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as SqlArray);

    public override int GetHashCode() => items.Aggregate(Count, HashCode.Combine);

    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
