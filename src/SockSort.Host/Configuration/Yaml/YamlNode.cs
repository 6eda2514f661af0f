using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Yaml;

/// <summary>A value of a YAML file, and the place where it begins.</summary>
internal abstract record YamlNode(ConfigurationPlace Place);

/// <param name="IsPlain">Whether it is written without quotes.</param>
internal sealed record YamlScalar(ConfigurationPlace Place, string Text, bool IsPlain) : YamlNode(Place)
{
    /// <summary>Whether it is YAML's null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlList(ConfigurationPlace Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place);

/// <param name="Entries">The entries in order, with distinct keys.</param>
internal sealed record YamlMapping(ConfigurationPlace Place, IReadOnlyList<YamlEntry> Entries) : YamlNode(Place);

/// <summary>A value that a mistake reports already, so that it causes no further mistakes.</summary>
internal sealed record YamlRefused(ConfigurationPlace Place) : YamlNode(Place);

/// <param name="Place">The place of the key.</param>
internal sealed record YamlEntry(ConfigurationPlace Place, string Key, YamlNode Value);
