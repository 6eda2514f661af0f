namespace SockSort.Sql.Types;

/// <summary>A value of type BYTES; compared by content, byte by byte, unsigned.</summary>
/// <param name="content">Owned by this value from now on: nobody may change it.</param>
public sealed class SqlBytes(byte[] content) : IEquatable<SqlBytes>, IComparable<SqlBytes>
{
    public byte[] Content { get; } = content;

    public bool Equals(SqlBytes? other) => other is not null && Content.AsSpan().SequenceEqual(other.Content);

    public override bool Equals(object? obj) => Equals(obj as SqlBytes);

    public int CompareTo(SqlBytes? other) => other is null ? 1 : Content.AsSpan().SequenceCompareTo(other.Content);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Content);
        return hash.ToHashCode();
    }

    /// <summary>Base64.</summary>
    public override string ToString() => Convert.ToBase64String(Content);
}
