using System.Text;

namespace SockSort.Client.Prompt;

/// <summary>Collects typed lines until a statement is complete: ended by a semicolon outside quotes and comments.</summary>
internal sealed class StatementBuffer
{
    private readonly StringBuilder _text = new();

    public bool IsEmpty => string.IsNullOrWhiteSpace(_text.ToString());

    /// <returns>The statements so far if the last one is complete; otherwise null.</returns>
    public string? Add(string line)
    {
        _ = _text.Append(line).Append('\n');
        var text = _text.ToString();
        if (!IsEnded(text))
            return null;
        _ = _text.Clear();
        return text.Trim();
    }

    public void Clear() => _text.Clear();

    private static bool IsEnded(string text)
    {
        var last = ' ';
        for (var i = 0; i < text.Length; i++)
        {
            var (close, isComment) = CloseOf(text, i);
            if (close.Length == 0)
            {
                last = char.IsWhiteSpace(text[i]) ? last : text[i];
                continue;
            }
            var end = text.IndexOf(close, i + close.Length, StringComparison.Ordinal);
            if (end < 0)
                return false;
            last = isComment ? last : text[i];
            i = end + close.Length - 1;
        }
        return last == ';';
    }

    /// <summary>The end of the quoted text or comment that begins here; empty if none does.</summary>
    private static (string Close, bool IsComment) CloseOf(string text, int at) => text.AsSpan(at) switch
    {
        ['\'', ..] => ("'", false),
        ['`', ..] => ("`", false),
        ['"', ..] => ("\"", false),
        ['-', '-', ..] => ("\n", true),
        ['/', '*', ..] => ("*/", true),
        _ => ("", false),
    };
}
