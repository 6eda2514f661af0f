namespace SockSort.Cli.Topics;

/// <summary>Rows of cells in columns as wide as their widest cell, two blanks apart; numbers stand at the right.</summary>
internal static class Columns
{
    /// <param name="rows">The titles first; each as long as they are.</param>
    /// <param name="isNamed">Whether the first column is a name, which stands at the left.</param>
    /// <param name="into">Takes a line each.</param>
    public static void Write(IReadOnlyList<string[]> rows, bool isNamed, TextWriter into)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
            into.WriteLine(string.Join("  ", row.Select(Cell)));

        string Cell(string cell, int column) => isNamed && column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]);
    }
}
