using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>What the value of a key must be.</summary>
internal interface IValueType
{
    /// <summary>For the reference: <c>duration</c>, <c>number, 0 to 240</c>.</summary>
    string Words { get; }

    /// <summary>The keys within, for a type that has some.</summary>
    IEnumerable<NestedKey> Nested { get; }
}

/// <inheritdoc/>
internal abstract class ValueType<T> : IValueType
{
    public abstract string Words { get; }

    public virtual IEnumerable<NestedKey> Nested => [];

    /// <summary>False, with a mistake, where the value can't be used.</summary>
    /// <param name="key">In full.</param>
    public abstract bool TryRead(YamlNode node, string key, Reading reading, out T? value);
}

/// <summary>A key within a value, and how it is reached from there.</summary>
/// <param name="Prefix">Empty, <c>[]</c> or <c>.NAME</c>.</param>
internal sealed record NestedKey(string Prefix, ConfigurationKey Key);
