using SockSort.Host.Configuration.Mistakes;
using YamlDotNet.Core;

namespace SockSort.Host.Configuration.Yaml;

/// <summary>Turns a syntax error of the YAML library into a mistake.</summary>
internal static class YamlFault
{
    // Parts of the library's messages, and a hint for each.
    private static readonly (string Part, string Hint)[] Hints =
    [
        ("found invalid mapping", "put a value that holds ': ' into quotes; keys of one section stand below one another"),
        ("cannot start any token", "put a value that begins so into quotes"),
        ("could not find expected ':'", "a key ends with a colon"),
        ("did not find expected key", "keys of one section stand below one another"),
        ("end of stream", "close the quotes"),
    ];

    public static ConfigurationMistake Of(YamlException error, string file, string text)
    {
        var lines = text.Split('\n');
        var line = (int)Math.Clamp(error.Start.Line, 1, lines.Length);
        // The library reports the end of a file as the line after it.
        var column = error.Start.Line > line ? lines[^1].Length + 1 : (int)Math.Max(1, error.Start.Column);
        if (TabFrom(lines, line) is { } tab && error.Message.Contains("tab", StringComparison.Ordinal))
            return new ConfigurationMistake(tab.In(file), "", "is no YAML: a line is indented with a tab", "indent with blanks");
        var hint = Hints.FirstOrDefault(hint => error.Message.Contains(hint.Part, StringComparison.Ordinal)).Hint;
        return new ConfigurationMistake(new ConfigurationPlace(file, line, column), "", $"is no YAML: {Lowered(error.Message)}", hint);
    }

    /// <summary>The first tab before the first word of a line; the library reports the start of the token instead.</summary>
    private static Tab? TabFrom(string[] lines, int first)
    {
        for (var line = first; line <= lines.Length; line++)
        {
            var text = lines[line - 1];
            var indent = text[..(text.Length - text.TrimStart(' ', '\t').Length)];
            if (indent.Contains('\t'))
                return new Tab(line, indent.IndexOf('\t') + 1);
        }
        return null;
    }

    private static string Lowered(string message)
    {
        var text = message.TrimEnd('.', ' ').Replace("  ", " ", StringComparison.Ordinal);
        return text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : "it cannot be read";
    }

    private sealed record Tab(int Line, int Column)
    {
        public ConfigurationPlace In(string file) => new(file, Line, Column);
    }
}
