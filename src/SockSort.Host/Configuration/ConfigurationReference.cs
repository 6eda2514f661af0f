using System.Text;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Sections;

namespace SockSort.Host.Configuration;

/// <summary>Generates the tables of <c>docs/reference/configuration.md</c>.</summary>
internal static class ConfigurationReference
{
    /// <summary>A heading for each key of the file, each with a table of the keys within.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        foreach (var (_, key) in RunKeys.Section.Nested)
        {
            _ = text.Append($"### {key.Name}\n\n");
            if (key.Type.Nested.Any())
                _ = text.Append($"{key.Documentation}\n\n");
            _ = text.Append("| key | value | default | example | does |\n| --- | --- | --- | --- | --- |\n");
            WriteRows(text, key, key.Name);
            _ = text.Append('\n');
        }
        return text.ToString();
    }

    private static void WriteRows(StringBuilder text, ConfigurationKey key, string path)
    {
        var nested = key.Type.Nested.ToList();
        if (nested.Count == 0)
            _ = text.Append($"| `{path}` | {key.Type.Words} | {DefaultOf(key)} | {ExampleOf(key)} | {key.Documentation} |\n");
        foreach (var (prefix, within) in nested)
            WriteRows(text, within, $"{path}{prefix}.{within.Name}");
    }

    private static string DefaultOf(ConfigurationKey key)
    {
        if (key.Default is { } value)
            return $"`{value}`";
        var otherwise = key.DefaultWords ?? "";
        return key.IsRequired ? "required" : otherwise;
    }

    private static string ExampleOf(ConfigurationKey key) => $"`{key.Example ?? key.Sample ?? key.Default}`";
}
