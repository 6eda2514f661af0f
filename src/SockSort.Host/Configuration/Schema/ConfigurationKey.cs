using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>Describes one key. Reading, checks, example and reference are all generated from these descriptions.</summary>
internal abstract class ConfigurationKey(string name, string documentation)
{
    public string Name => name;

    /// <summary>The documentation, in whole sentences.</summary>
    public string Documentation => documentation;

    /// <summary>The default as it would be written in the file; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>Describes the default in words if it is not a value of its own.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>An example value as it would be written, for a key without a default.</summary>
    public string? Example { get; init; }

    /// <summary>The value that the commented example sets, so that the example works as it is; null comments the key out there.</summary>
    public string? Sample { get; init; }

    public bool IsRequired { get; init; }

    public abstract IValueType Type { get; }

    /// <summary>Reads the written value, or the default.</summary>
    /// <param name="entry">The entry in the file; null if the file does not set the key.</param>
    public abstract void ReadInto(SectionValues values, YamlEntry? entry);
}

/// <inheritdoc/>
internal sealed class ConfigurationKey<T>(string name, ValueType<T> type, string documentation) : ConfigurationKey(name, documentation)
{
    public override IValueType Type => type;

    public ValueType<T> Reads => type;

    public override void ReadInto(SectionValues values, YamlEntry? entry) => values.Read(this, entry);
}
