using SockSort.Imaging.Labels;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>True labels of a folder's pictures, if it holds a <c>labels.csv</c>.</summary>
internal sealed class FolderLabels
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    private FolderLabels()
    {
    }

    /// <exception cref="CameraException">The file exists but is malformed.</exception>
    public static FolderLabels Read(string folder)
    {
        var labels = new FolderLabels();
        var file = Path.Combine(folder, LabelsFile.Name);
        if (!File.Exists(file))
            return labels;
        try
        {
            foreach (var (frame, label) in LabelsFile.Read(file).Where(row => row.Label.Length > 0))
                labels._labels[frame] = label;
        }
        catch (LabelsException error)
        {
            throw new CameraException(error.Message, error);
        }
        return labels;
    }

    /// <summary>True label of a picture; null if it is not known.</summary>
    public string? Of(string path) => _labels.GetValueOrDefault(Path.GetFileName(path));
}
