using SockSort.Imaging.Labels;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>The labels of a folder's pictures, where a <c>labels.csv</c> in it tells them.</summary>
internal sealed class FolderLabels
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    private FolderLabels()
    {
    }

    /// <exception cref="CameraException">The file is there, and not as it must be.</exception>
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

    /// <summary>What a picture shows; null where that is not known.</summary>
    public string? Of(string path) => _labels.GetValueOrDefault(Path.GetFileName(path));
}
