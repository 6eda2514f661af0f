using System.Runtime.CompilerServices;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>Reads picture files in the order of their names, with their true labels if the folder holds them.</summary>
internal sealed class PictureFiles : IPictureSource
{
    private readonly string[] _paths;
    private readonly FolderLabels _labels;

    private PictureFiles(string name, string[] paths)
    {
        Name = name;
        _paths = paths;
        _labels = FolderLabels.Read(Path.GetDirectoryName(paths[0])!);
    }

    public string Name { get; }

    public bool IsLive => false;

    /// <exception cref="CameraException">The folder holds no picture.</exception>
    public static PictureFiles OpenFolder(string folder)
    {
        var paths = PictureFile.In(Path.GetFullPath(folder)).Order(StringComparer.Ordinal).ToArray();
        return paths.Length > 0 ? new PictureFiles(folder, paths) : throw CameraErrors.EmptyFolder(folder);
    }

    public static PictureFiles OpenOne(string path) => new(path, [Path.GetFullPath(path)]);

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var path in _paths)
            yield return await Task.Run(() => PictureFile.Read(path, _labels.Of(path)), cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
