using System.Buffers;
using System.Text;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads one line of values between delimiters; quotes as in CSV; an empty value is NULL.</summary>
internal sealed class DelimitedReader(IReadOnlyList<FormatColumn> columns, char delimiter) : IRowReader
{
    private readonly List<string> _values = [];
    private readonly StringBuilder _current = new();

    public void Read(ReadOnlySpan<byte> bytes, Slot[] row)
    {
        Split(Encoding.UTF8.GetString(bytes));
        if (_values.Count != columns.Count)
            throw new RecordException($"the record holds {_values.Count} values between '{delimiter}', the columns are {columns.Count}");
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Slot >= 0)
                row[columns[i].Slot] = Parse(_values[i], columns[i]);
        }
    }

    private static Slot Parse(string text, FormatColumn column)
    {
        if (text.Length == 0)
            return default;
        try
        {
            return Slot.FromObject(DelimitedText.Read(text, column.Type));
        }
        catch (Exception error) when (error is FormatException or OverflowException or FunctionException)
        {
            throw new RecordException(
                $"field '{column.Name}': {error.Message}", error, shown: $"field '{column.Name}' does not read as {column.Type}");
        }
    }

    private void Split(string line)
    {
        _values.Clear();
        for (var at = 0; at <= line.Length; at++)
        {
            _ = _current.Clear();
            if (at < line.Length && line[at] == '"')
                at = Quoted(line, at + 1);
            while (at < line.Length && line[at] != delimiter && line[at] is not ('\r' or '\n'))
                _ = _current.Append(line[at++]);
            _values.Add(_current.ToString());
            if (at < line.Length && line[at] is '\r' or '\n')
                return;
        }
    }

    private int Quoted(string line, int at)
    {
        for (; at < line.Length; at++)
        {
            if (line[at] == '"' && at + 1 < line.Length && line[at + 1] == '"')
                at++;
            else if (line[at] == '"')
                return at + 1;
            _ = _current.Append(line[at]);
        }
        throw new RecordException("a quoted value never ends");
    }
}

/// <summary>Writes one line, quoting where Apache Commons CSV's minimal mode does.</summary>
/// <param name="isKey">
/// Whether a key is written: a key of one NULL has no bytes; a value of one NULL is an empty line, since without bytes it is a tombstone.
/// </param>
internal sealed class DelimitedWriter(IReadOnlyList<FormatColumn> columns, char delimiter, bool isKey) : IRowWriter
{
    public bool Write(Slot[] row, IBufferWriter<byte> into)
    {
        if (isKey && columns.Count == 1 && row[columns[0].Slot].IsNull)
            return false;
        var line = new StringBuilder();
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0)
                _ = line.Append(delimiter);
            if (row[columns[i].Slot].ToObject(columns[i].Type.Base) is { } value)
                Append(line, DelimitedText.Of(value), isFirst: i == 0);
        }
        _ = Encoding.UTF8.GetBytes(line.ToString(), into);
        return true;
    }

    private void Append(StringBuilder line, string text, bool isFirst)
    {
        if (NeedsQuotes(text, isFirst))
            _ = line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            _ = line.Append(text);
    }

    // CSVFormat.printWithQuotes, QuoteMode.MINIMAL: an empty first value, one that begins neither with letter nor digit; a first character
    // up to '#', a last one up to blank.
    private bool NeedsQuotes(string text, bool isFirst)
    {
        if (text.Length == 0)
            return isFirst;
        if (isFirst && !char.IsAsciiLetterOrDigit(text[0]))
            return true;
        return text[0] <= '#' || text[^1] <= ' ' || text.AsSpan().IndexOfAny(delimiter, '"') >= 0
            || text.AsSpan().IndexOfAny('\r', '\n') >= 0;
    }
}
