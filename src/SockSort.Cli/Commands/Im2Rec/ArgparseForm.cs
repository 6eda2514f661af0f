namespace SockSort.Cli.Commands.Im2Rec;

/// <summary>
/// Converts a command line of Python's argparse to the form of our parser: abbreviated options are written out, and of repeated options
/// only the last one is kept.
/// </summary>
internal static class ArgparseForm
{
    /// <param name="words">The words after <c>im2rec</c>.</param>
    /// <param name="options">Every option, and whether it is a switch without a value.</param>
    public static string[] Normalize(IReadOnlyList<string> words, IReadOnlyDictionary<string, bool> options)
    {
        var result = new List<List<string>>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                result.AddRange(words.Skip(i).Select(word => new List<string> { word }));
                break;
            }
            var (name, value) = Split(words[i], options);
            var group = new List<string> { name };
            if (value is not null)
                group.Add(value);
            if (options.TryGetValue(name, out var isSwitch))
            {
                result.RemoveAll(other => other[0] == name);
                while (!isSwitch && value is null && i + 1 < words.Count && !IsOption(words[i + 1]))
                {
                    group.Add(words[++i]);
                    if (name != "--exts")
                        break;
                }
            }
            result.Add(group);
        }
        return [.. result.SelectMany(group => group)];
    }

    private static (string Name, string? Value) Split(string word, IReadOnlyDictionary<string, bool> options)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal))
            return (word, null);
        var equals = word.IndexOf('=');
        var (name, value) = equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
        if (options.ContainsKey(name))
            return (name, value);
        var longer = options.Keys.Where(option => option.StartsWith(name, StringComparison.Ordinal)).ToList();
        return longer.Count == 1 ? (longer[0], value) : (word, null);
    }

    /// <summary>argparse takes a word that looks like a negative number for a value, so <c>-5</c> is not an option.</summary>
    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !double.TryParse(word, out _);
}
