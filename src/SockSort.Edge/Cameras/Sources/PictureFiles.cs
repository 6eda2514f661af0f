using System.Runtime.CompilerServices;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Labels;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Picture files in the order of their names, with their labels where the folder tells them.</summary>
internal sealed class PictureFiles : IPictureSource
{
    private readonly string[] _paths;
    private readonly IReadOnlyDictionary<string, string> _labels;

    private PictureFiles(string name, string[] paths)
    {
        Name = name;
        _paths = paths;
        _labels = LabelsBeside(paths[0]);
    }

    public string Name { get; }

    public bool IsLive => false;

    /// <exception cref="CameraException">The folder holds no picture.</exception>
    public static PictureFiles OpenFolder(string folder)
    {
        var paths = Directory.EnumerateFiles(Path.GetFullPath(folder)).Where(PictureReader.IsPicture).Order(StringComparer.Ordinal).ToArray();
        return paths.Length > 0 ? new PictureFiles(folder, paths) : throw CameraErrors.EmptyFolder(folder);
    }

    public static PictureFiles OpenOne(string path) => new(path, [Path.GetFullPath(path)]);

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var path in _paths)
            yield return await Task.Run(() => Read(path), cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>By file name; empty where no file tells them.</summary>
    private static Dictionary<string, string> LabelsBeside(string picture)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = Path.Combine(Path.GetDirectoryName(picture)!, LabelsFile.Name);
        if (!File.Exists(file))
            return labels;
        try
        {
            foreach (var (frame, label) in LabelsFile.Read(file).Where(row => row.Label.Length > 0))
                labels[frame] = label;
        }
        catch (LabelsException error)
        {
            throw new CameraException(error.Message, error);
        }
        return labels;
    }

    private SourcePicture Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            return new SourcePicture(name, PictureReader.Read(path), _labels.GetValueOrDefault(name));
        }
        catch (Exception error) when (error is PictureException or IOException or UnauthorizedAccessException)
        {
            return new SourcePicture(name, Picture: null, Problem: error is PictureException unreadable ? unreadable.Reason : error.Message);
        }
    }
}
