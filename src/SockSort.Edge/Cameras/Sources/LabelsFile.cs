namespace SockSort.Edge.Cameras.Sources;

/// <summary>The truth beside a folder of pictures: <c>labels.csv</c>, whose header names a column <c>frame</c> (file name) and a column <c>label</c>.</summary>
internal static class LabelsFile
{
    public const string Name = "labels.csv";

    /// <returns>Label by file name; empty where the folder has no such file.</returns>
    /// <exception cref="CameraException">The file is there but not of this form.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return new Dictionary<string, string>();
        string[] lines = File.ReadAllLines(path);
        var header = Split(lines.FirstOrDefault() ?? "");
        int frame = ColumnOf(header, "frame", path), label = ColumnOf(header, "label", path);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var line = 1; line < lines.Length; line++)
        {
            if (lines[line].Trim().Length == 0)
                continue;
            var cells = Split(lines[line]);
            if (cells.Length <= Math.Max(frame, label))
                throw CameraErrors.BadLabels(path, line + 1, $"{cells.Length} cells where the header has {header.Length}");
            // An empty label says that the truth of this frame is not known.
            if (cells[label].Length > 0)
                labels[cells[frame]] = cells[label];
        }
        return labels;
    }

    private static int ColumnOf(string[] header, string name, string path)
    {
        var at = Array.FindIndex(header, cell => cell.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw CameraErrors.BadLabels(path, 1, $"no column '{name}': the header must hold frame,label");
    }

    private static string[] Split(string line) =>
        [.. line.Split(',').Select(cell => cell.Trim().Trim('"').Trim())];
}
