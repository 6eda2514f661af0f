using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Yaml;

/// <summary>One value of a YAML file, and where it begins.</summary>
internal abstract record YamlNode(ConfigurationPlace Place);

/// <param name="IsPlain">Written without quotes.</param>
internal sealed record YamlScalar(ConfigurationPlace Place, string Text, bool IsPlain) : YamlNode(Place)
{
    /// <summary>YAML's null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlList(ConfigurationPlace Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place);

/// <param name="Entries">In their order; no key is there twice.</param>
internal sealed record YamlMapping(ConfigurationPlace Place, IReadOnlyList<YamlEntry> Entries) : YamlNode(Place);

/// <summary>A value that a mistake tells of already; nothing more is said of it.</summary>
internal sealed record YamlRefused(ConfigurationPlace Place) : YamlNode(Place);

/// <param name="Place">Of the key.</param>
internal sealed record YamlEntry(ConfigurationPlace Place, string Key, YamlNode Value);
