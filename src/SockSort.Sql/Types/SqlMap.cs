using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace SockSort.Sql.Types;

/// <summary>A value of type MAP: keys in the order of first insertion; compared as a set of entries. Immutable.</summary>
/// <param name="entries">Boxed values as <see cref="SqlArray"/> holds them, owned by this value from now on.</param>
public sealed class SqlMap(OrderedDictionary<object, object?> entries) : IReadOnlyDictionary<object, object?>, IEquatable<SqlMap>
{
    public int Count => entries.Count;

    public IEnumerable<object> Keys => entries.Keys;

    public IEnumerable<object?> Values => entries.Values;

    public object? this[object key] => entries[key];

    public bool ContainsKey(object key) => entries.ContainsKey(key);

    public bool TryGetValue(object key, [MaybeNullWhen(false)] out object? value) => entries.TryGetValue(key, out value);

    public bool Equals(SqlMap? other) =>
        other is not null && Count == other.Count
        && entries.All(entry => other.TryGetValue(entry.Key, out var value) && Equals(entry.Value, value));

    public override bool Equals(object? obj) => Equals(obj as SqlMap);

    // Order does not count, so the parts are added up.
    public override int GetHashCode() => entries.Sum(entry => (long)HashCode.Combine(entry.Key, entry.Value)).GetHashCode();

    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
