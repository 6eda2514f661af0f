using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>Reads defaults as if the file contained them, so that a default means the same as the same text in a file.</summary>
internal static class Defaults
{
    public static T? Read<T>(ValueType<T> type, string text, string folder)
    {
        List<ConfigurationMistake> mistakes = [];
        var reading = new Reading("default", folder, static _ => SecretResolution.Missing("is a default", "write it"));
        var node = YamlReader.Read("default", text, mistakes);
        if (node is null || !type.TryRead(node, "default", reading, out var value) || mistakes.Count + reading.Mistakes.Count > 0)
            throw new InvalidOperationException($"the default '{text}' can't be read as {type.Words}");
        return value;
    }
}
