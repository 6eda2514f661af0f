namespace SockSort.Sql.Syntax;

/// <summary>A script and its name, for places in error messages.</summary>
/// <param name="name">The name that the user knows: a path, or <c>&lt;input&gt;</c>.</param>
/// <param name="text">The whole script.</param>
public sealed class SourceText(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>The script as it may be shown: as long as it is, without secrets.</summary>
    public string Shown => field ??= SecretText.Hide(Text);

    /// <summary>Line and column of a position, both from 1; a tab counts as one column.</summary>
    public (int Line, int Column) PositionOf(int index)
    {
        var at = Math.Clamp(index, 0, Text.Length);
        var before = Text.AsSpan(0, at);
        var line = before.Count('\n') + 1;
        return (line, at - (before.LastIndexOf('\n') + 1) + 1);
    }

    /// <summary>The line (from 1) without its line end, as it may be shown: without secrets.</summary>
    public string LineAt(int line)
    {
        foreach (var range in Shown.AsSpan().Split('\n'))
        {
            if (--line == 0)
                return Shown[range].TrimEnd('\r');
        }
        return "";
    }
}
