namespace SockSort.Sql.Types;

/// <summary>A value of type STRUCT; compared field by field. Immutable.</summary>
/// <param name="type">Names and types of the fields.</param>
/// <param name="values">One for each field, boxed as in <see cref="SqlArray"/>; owned by this value from now on.</param>
public sealed class SqlStruct(StructType type, object?[] values) : IEquatable<SqlStruct>
{
    public StructType Type { get; } = type;

    public IReadOnlyList<object?> Values => values;

    /// <summary>The field's value; null where the structure has no such field.</summary>
    public object? this[string field] => Type.IndexOf(field) is var index and >= 0 ? values[index] : null;

    public bool Equals(SqlStruct? other) =>
        other is not null && values.Length == other.Values.Count && Type.Equals(other.Type) && values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as SqlStruct);

    public override int GetHashCode() => values.Aggregate(values.Length, HashCode.Combine);
}
