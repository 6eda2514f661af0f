using SockSort.Imaging.Decoding;

namespace SockSort.Imaging.Labels;

/// <summary>
/// The truth of a folder of pictures: a CSV whose header names a column <c>frame</c> (file name) and a column <c>label</c>. Cells are
/// parted by commas, semicolons or TABs.
/// </summary>
public static class LabelsFile
{
    /// <summary>What it is called where it lies beside the pictures.</summary>
    public const string Name = "labels.csv";

    private const string ExcelsMark = "sep=";

    /// <returns>One a line, in the order of the file; an empty label says that the truth of this frame is not known.</returns>
    /// <exception cref="LabelsException">The file is absent or not of this form.</exception>
    public static IReadOnlyList<FrameLabel> Read(string path)
    {
        var lines = Lines(path);
        var separator = SeparatorOf(lines);
        var header = Split(lines.FirstOrDefault() ?? "", separator);
        int frame = ColumnOf(header, "frame", path), label = ColumnOf(header, "label", path);
        var labels = new List<FrameLabel>();
        for (var line = 1; line < lines.Count; line++)
        {
            if (lines[line].Trim().Length == 0)
                continue;
            var cells = Split(lines[line], separator);
            if (cells.Count <= Math.Max(frame, label))
                throw new LabelsException($"{path}:{line + 1}", $"{cells.Count} cells where the header has {header.Count}");
            labels.Add(new FrameLabel(cells[frame], cells[label]));
        }
        return labels;
    }

    private static List<string> Lines(string path)
    {
        if (!File.Exists(path))
            throw new LabelsException(path, "no such file, expected a CSV whose first line is frame,label");
        try
        {
            using var text = new StreamReader(new MemoryStream(RegularFile.ReadAllBytes(path)));
            var lines = new List<string>();
            while (text.ReadLine() is { } line)
                lines.Add(line);
            return lines;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LabelsException(path, $"cannot be read ({error.Message})", error);
        }
    }

    private static int ColumnOf(List<string> header, string name, string path)
    {
        var at = header.FindIndex(cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw new LabelsException($"{path}:1", $"no column '{name}': the header must hold frame,label");
    }

    /// <summary>Comma, semicolon (as Excel writes it where a comma parts decimals) or TAB: whichever gives the header most cells.</summary>
    private static char SeparatorOf(List<string> lines)
    {
        var isMarked = lines.Count > 1 && lines[0].StartsWith(ExcelsMark, StringComparison.OrdinalIgnoreCase);
        if (isMarked && lines[0].Length == ExcelsMark.Length + 1)
        {
            // Excel's own way to say it; the header follows. The line stays, so that the numbers of the others do.
            var said = lines[0][^1];
            lines[0] = lines[1];
            lines[1] = "";
            return said;
        }
        var header = lines.FirstOrDefault() ?? "";
        return ((char[])[',', ';', '\t']).MaxBy(mark => Split(header, mark).Count);
    }

    /// <summary>A separator within double quotes parts nothing.</summary>
    private static List<string> Split(string line, char separator)
    {
        var cells = new List<string>();
        var start = 0;
        var isQuoted = false;
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"')
                isQuoted = !isQuoted;
            if (at < line.Length && (line[at] != separator || isQuoted))
                continue;
            cells.Add(line[start..at].Trim().Trim('"').Trim());
            start = at + 1;
        }
        return cells;
    }
}
