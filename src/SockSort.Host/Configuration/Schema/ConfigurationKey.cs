using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>One key: the table that the reading, the checks, the example and the reference come from is made of these.</summary>
internal abstract class ConfigurationKey(string name, string documentation)
{
    public string Name => name;

    /// <summary>Whole sentences.</summary>
    public string Documentation => documentation;

    /// <summary>As it would be written; null: there is none.</summary>
    public string? Default { get; init; }

    /// <summary>In words, where the default is no value of its own.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>A value as it would be written, for a key without a default.</summary>
    public string? Example { get; init; }

    /// <summary>What the commented example sets the key to, so that it works as it is; null: the key is commented out there.</summary>
    public string? Sample { get; init; }

    public bool IsRequired { get; init; }

    public abstract IValueType Type { get; }

    /// <summary>Reads what is written, or the default.</summary>
    /// <param name="entry">Null where it is not written.</param>
    public abstract void ReadInto(SectionValues values, YamlEntry? entry);
}

/// <inheritdoc/>
internal sealed class ConfigurationKey<T>(string name, ValueType<T> type, string documentation) : ConfigurationKey(name, documentation)
{
    public override IValueType Type => type;

    public ValueType<T> Reads => type;

    public override void ReadInto(SectionValues values, YamlEntry? entry) => values.Read(this, entry);
}
