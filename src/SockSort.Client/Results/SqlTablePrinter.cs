using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Values;

namespace SockSort.Client.Results;

/// <summary>Prints rows in the boxes of ksqlDB's command line: columns of equal width, long values on several lines.</summary>
/// <param name="output">Receives the text.</param>
/// <param name="width">The width of a line in characters, which the columns share.</param>
internal sealed class SqlTablePrinter(TextWriter output, int width)
{
    private const int LeastColumn = 8;

    private int _column = LeastColumn;

    /// <summary>Prints a rule, the names of the columns, and another rule.</summary>
    public void Header(IReadOnlyList<SourceColumn> columns)
    {
        _column = Math.Max(LeastColumn, ((width - 1) / Math.Max(1, columns.Count)) - 1);
        Rule(columns.Count);
        Line([.. columns.Select(column => column.Name)]);
        Rule(columns.Count);
    }

    /// <param name="columns">The columns of the header.</param>
    public void Row(IReadOnlyList<SourceColumn> columns, PushedRow row)
    {
        var absent = row.IsTombstone ? "<TOMBSTONE>" : "null";
        var cells = columns.Select((_, i) => row.Values[i] is { } value ? Text(value) : absent);
        Line([.. cells]);
    }

    public void Rule(int columns) =>
        output.WriteLine("+" + string.Concat(Enumerable.Repeat(new string('-', _column) + "+", columns)));

    /// <summary>Formats a value as ksqlDB's command line does.</summary>
    internal static string Text(object value) => SqlValueText.Of(value);

    private void Line(IReadOnlyList<string> cells)
    {
        var pieces = cells.Select(Pieces).ToList();
        for (var i = 0; i < pieces.Max(list => list.Count); i++)
            output.WriteLine("|" + string.Concat(pieces.Select(list => (i < list.Count ? list[i] : "").PadRight(_column) + "|")));
    }

    private List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            for (var at = 0; at == 0 || at < line.Length; at += _column)
                pieces.Add(line.Substring(at, Math.Min(_column, line.Length - at)));
        }
        return pieces;
    }
}
