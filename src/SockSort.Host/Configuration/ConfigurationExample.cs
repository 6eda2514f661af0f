using System.Text;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Sections;

namespace SockSort.Host.Configuration;

/// <summary>
/// A commented configuration file with every key. The keys that are set in it work as they are; keys that are commented out, without a
/// blank after <c>#</c>, show their default, or an example if they have none.
/// </summary>
public static class ConfigurationExample
{
    private const int MostColumns = 110;
    private const int Step = 2;

    private const string Head = """
        # What 'socksort run' does; without --config it reads ./socksort.yaml. 'socksort check FILE' names every mistake.
        # A relative path begins at this file's folder; ~ is not expanded. Any value may hold ${env:NAME}, or
        # ${file:secrets.properties:NAME} for the line NAME=VALUE of a file in this folder or below it.

        """;

    /// <summary>The text of the file; it ends with a line break.</summary>
    public static string Text { get; } = Write();

    private static string Write()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var nested in RunKeys.Section.Nested)
        {
            _ = text.Append('\n');
            WriteKey(text, nested.Key, indent: "");
        }
        return text.ToString();
    }

    private static void WriteKey(StringBuilder text, ConfigurationKey key, string indent)
    {
        WriteComment(text, key, indent);
        if (key.Example?.Contains('\n') == true)
            WriteBlock(text, key, indent);
        else if (key.Type.Nested.Any())
            WriteNested(text, key, indent);
        else if (key.Sample is { } sample)
            _ = text.Append($"{indent}{key.Name}: {sample}\n");
        else
            _ = text.Append($"{indent}#{key.Name}: {key.Default ?? key.Example}\n");
    }

    /// <summary>Writes a key whose example takes several lines, all of them commented out.</summary>
    private static void WriteBlock(StringBuilder text, ConfigurationKey key, string indent)
    {
        _ = text.Append($"{indent}#{key.Name}:\n");
        foreach (var line in key.Example!.Split('\n'))
            _ = text.Append($"{indent}#{new string(' ', Step)}{line}\n");
    }

    private static void WriteNested(StringBuilder text, ConfigurationKey key, string indent)
    {
        _ = text.Append($"{indent}{key.Name}:\n");
        var keys = key.Type.Nested.ToList();
        var within = indent + new string(' ', Step);
        if (keys[0].Prefix != "[]")
        {
            foreach (var nested in keys)
                WriteKey(text, nested.Key, within);
            return;
        }
        // The dash of the list item stands before the first key, which is set.
        WriteComment(text, keys[0].Key, within);
        _ = text.Append($"{within}- {keys[0].Key.Name}: {keys[0].Key.Sample}\n");
        foreach (var nested in keys[1..])
            WriteKey(text, nested.Key, within + new string(' ', Step));
    }

    private static void WriteComment(StringBuilder text, ConfigurationKey key, string indent)
    {
        foreach (var line in Wrapped(CommentOf(key), MostColumns - indent.Length - 2))
            _ = text.Append($"{indent}# {line}\n");
    }

    private static string CommentOf(ConfigurationKey key)
    {
        // For these types the documentation says enough.
        var isPlain = key.Type.Words is "text" or "path" or "password" || key.Type.Nested.Any();
        var range = isPlain ? "" : $" ({key.Type.Words})";
        // A commented-out default is visible in the file itself.
        var hidden = key.Sample is null ? key.DefaultWords : key.DefaultWords ?? key.Default;
        return hidden is null ? key.Documentation + range : $"{key.Documentation}{range} Default: {hidden}.";
    }

    private static IEnumerable<string> Wrapped(string text, int columns)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                yield return line.ToString();
                _ = line.Clear();
            }
            _ = line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        yield return line.ToString();
    }
}
