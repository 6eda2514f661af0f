using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>Describes a YAML node in words that follow "is".</summary>
internal static class NodeWords
{
    public static string Of(YamlNode node) => node switch
    {
        YamlList => "a list",
        YamlMapping => "a mapping",
        _ => "a single value",
    };
}
