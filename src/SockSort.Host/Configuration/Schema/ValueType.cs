using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>The type of a key's value.</summary>
internal interface IValueType
{
    /// <summary>The type's name in the reference: <c>duration</c>, <c>number, 0 to 240</c>.</summary>
    string Words { get; }

    /// <summary>The keys within a value of this type; empty for most types.</summary>
    IEnumerable<NestedKey> Nested { get; }
}

/// <inheritdoc/>
internal abstract class ValueType<T> : IValueType
{
    public abstract string Words { get; }

    public virtual IEnumerable<NestedKey> Nested => [];

    /// <summary>Reads a value; returns false, and adds a mistake, if it is invalid.</summary>
    /// <param name="key">The full key.</param>
    public abstract bool TryRead(YamlNode node, string key, Reading reading, out T? value);
}

/// <summary>A key within a value, and its path from there.</summary>
/// <param name="Prefix">The path before the key: empty, <c>[]</c> or <c>.NAME</c>.</param>
internal sealed record NestedKey(string Prefix, ConfigurationKey Key);
