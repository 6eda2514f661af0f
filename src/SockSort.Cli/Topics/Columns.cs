namespace SockSort.Cli.Topics;

/// <summary>Prints rows in columns as wide as their widest cell, two blanks apart; numbers are right-aligned.</summary>
internal static class Columns
{
    /// <param name="rows">The titles first, then the rows, each with the same number of cells.</param>
    /// <param name="isNamed">Whether the first column is a name, which is left-aligned.</param>
    /// <param name="into">Receives one line for each row.</param>
    public static void Write(IReadOnlyList<string[]> rows, bool isNamed, TextWriter into)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
            into.WriteLine(string.Join("  ", row.Select(Cell)));

        string Cell(string cell, int column) => isNamed && column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]);
    }
}
