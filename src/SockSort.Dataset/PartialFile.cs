namespace SockSort.Dataset;

/// <summary>A file being written under another name, which takes its own only when it is whole.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _partial;
    private bool _published;

    private PartialFile(string path)
    {
        FinalPath = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(FinalPath)))
            throw new DirectoryNotFoundException($"{FinalPath} cannot be written: its folder does not exist");
        _partial = Path.Combine(Path.GetDirectoryName(FinalPath)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.part");
        Stream = new FileStream(_partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 18);
    }

    /// <summary>Absolute path under which the file is to appear.</summary>
    public string FinalPath { get; }

    /// <summary>Receives the contents; closed by <see cref="Finish"/>.</summary>
    public FileStream Stream { get; }

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static PartialFile Create(string path) => new(path);

    /// <summary>Writes out what is buffered and closes the file, still under the other name.</summary>
    public void Finish() => Stream.Dispose();

    /// <summary>Gives the finished file its name; an older file of that name is replaced in one step.</summary>
    public void Publish()
    {
        File.Move(_partial, FinalPath, overwrite: true);
        _published = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_published)
            File.Delete(_partial);
    }
}
