using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>What stands in the file, in words that follow "is".</summary>
internal static class NodeWords
{
    public static string Of(YamlNode node) => node switch
    {
        YamlList => "a list",
        YamlMapping => "a mapping",
        _ => "a single value",
    };
}
