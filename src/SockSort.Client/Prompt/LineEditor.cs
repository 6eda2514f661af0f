using System.Text;

namespace SockSort.Client.Prompt;

/// <summary>Reads a line from a terminal with editing, history and completion.</summary>
/// <remarks>
/// Keys: arrows, Home, End, Ctrl-A and Ctrl-E move the cursor; Ctrl-K, Ctrl-U and Ctrl-W cut; Up and Down go through the history; Tab
/// completes; Ctrl-L clears the screen; Ctrl-C discards the line; Ctrl-D on an empty line ends the input.
/// </remarks>
/// <param name="complete">Returns the words that begin with the given one.</param>
internal sealed class LineEditor(Func<string, IReadOnlyList<string>> complete)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private string _prompt = "";
    private int _cursor;
    private int _historyAt;
    private int _row;

    /// <summary>The lines of earlier input, oldest first; each line that is entered is added.</summary>
    public IList<string> History => _history;

    /// <returns>The line; an empty one after Ctrl-C (<paramref name="interrupted"/> is then true); null at the end of the input.</returns>
    public string? Read(string prompt, out bool interrupted)
    {
        (_prompt, _cursor, _historyAt, _row, interrupted) = (prompt, 0, _history.Count, 0, false);
        _ = _line.Clear();
        Console.TreatControlCAsInput = true;
        try
        {
            Draw();
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                if (Ends(key, out var result, out interrupted))
                    return result;
                Edit(key);
                Draw();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private bool Ends(ConsoleKeyInfo key, out string? result, out bool interrupted)
    {
        var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        interrupted = isControl && key.Key == ConsoleKey.C;
        result = interrupted ? "" : _line.ToString();
        if (isControl && key.Key == ConsoleKey.D && _line.Length == 0)
            result = null;
        else if (!interrupted && key.Key != ConsoleKey.Enter)
            return false;
        _cursor = _line.Length;
        Draw();
        Console.WriteLine(interrupted ? "^C" : "");
        if (result is { Length: > 0 } && (_history.Count == 0 || _history[^1] != result))
            _history.Add(result);
        return true;
    }

    private void Edit(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                _cursor = Math.Min(_line.Length, _cursor + 1);
                break;
            case ConsoleKey.Home:
                _cursor = 0;
                break;
            case ConsoleKey.End:
                _cursor = _line.Length;
                break;
            case ConsoleKey.UpArrow:
                Recall(_historyAt - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(_historyAt + 1);
                break;
            case ConsoleKey.Backspace when _cursor > 0:
                Cut(_cursor - 1, _cursor);
                break;
            case ConsoleKey.Delete when _cursor < _line.Length:
                Cut(_cursor, _cursor + 1);
                break;
            case ConsoleKey.Tab:
                Complete();
                break;
            default:
                Type(key);
                break;
        }
    }

    private void Type(ConsoleKeyInfo key)
    {
        if (!key.Modifiers.HasFlag(ConsoleModifiers.Control))
        {
            if (!char.IsControl(key.KeyChar))
                _ = _line.Insert(_cursor++, key.KeyChar);
            return;
        }
        switch (key.Key)
        {
            case ConsoleKey.A:
                _cursor = 0;
                break;
            case ConsoleKey.E:
                _cursor = _line.Length;
                break;
            case ConsoleKey.K:
                Cut(_cursor, _line.Length);
                break;
            case ConsoleKey.U:
                Cut(0, _cursor);
                break;
            case ConsoleKey.W:
                Cut(WordStart(_line.ToString()[.._cursor].TrimEnd().Length), _cursor);
                break;
            case ConsoleKey.L:
                Console.Write("\x1b[H\x1b[2J");
                _row = 0;
                break;
            default:
                break;
        }
    }

    private void Cut(int from, int to)
    {
        _ = _line.Remove(from, to - from);
        _cursor = from;
    }

    private void Recall(int at)
    {
        if (at < 0 || at > _history.Count)
            return;
        _historyAt = at;
        _ = _line.Clear().Append(at < _history.Count ? _history[at] : "");
        _cursor = _line.Length;
    }

    /// <summary>Inserts the common prefix of all candidates; if that adds nothing, lists them.</summary>
    private void Complete()
    {
        var start = WordStart(_cursor);
        var word = _line.ToString(start, _cursor - start);
        var candidates = word.Length == 0 ? [] : complete(word);
        if (candidates.Count == 0)
            return;
        var common = candidates.Aggregate(Common);
        if (common.Length > word.Length || candidates.Count == 1)
        {
            Cut(start, _cursor);
            var put = candidates.Count == 1 ? common + " " : common;
            _ = _line.Insert(_cursor, put);
            _cursor += put.Length;
            return;
        }
        Console.WriteLine();
        Console.WriteLine(string.Join("  ", candidates.Take(60)));
        _row = 0;
    }

    private static string Common(string left, string right)
    {
        var length = 0;
        while (length < Math.Min(left.Length, right.Length) && char.ToUpperInvariant(left[length]) == char.ToUpperInvariant(right[length]))
            length++;
        return left[..length];
    }

    private int WordStart(int end)
    {
        while (end > 0 && (char.IsLetterOrDigit(_line[end - 1]) || _line[end - 1] is '_' or '.'))
            end--;
        return end;
    }

    /// <summary>Redraws prompt and line; a line longer than the window continues in the next row.</summary>
    private void Draw()
    {
        var width = Math.Max(1, Console.WindowWidth);
        var screen = new StringBuilder("\r");
        if (_row > 0)
            _ = screen.Append($"\x1b[{_row}A");
        _ = screen.Append("\x1b[J").Append(_prompt).Append(_line);
        var (end, at) = (_prompt.Length + _line.Length, _prompt.Length + _cursor);
        // At the window's edge the terminal moves to the next row only when the next character is written.
        if (end % width == 0)
            _ = screen.Append(" \r");
        if (end / width > at / width)
            _ = screen.Append($"\x1b[{(end / width) - (at / width)}A");
        _ = screen.Append('\r');
        if (at % width > 0)
            _ = screen.Append($"\x1b[{at % width}C");
        _row = at / width;
        Console.Write(screen.ToString());
    }
}
