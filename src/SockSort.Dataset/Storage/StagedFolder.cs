namespace SockSort.Dataset.Storage;

/// <summary>
/// A folder as a local one: itself where it is local, else a temporary one, to which files of the bucket are brought and from which they
/// are sent to it.
/// </summary>
public sealed class StagedFolder : IDisposable
{
    private readonly StorageLocation _location;

    private StagedFolder(StorageLocation location)
    {
        _location = location;
        LocalPath = location.IsS3 ? Directory.CreateTempSubdirectory("socksort-").FullName : location.Text;
    }

    /// <summary>Where files are read and written; a local path as it was given.</summary>
    public string LocalPath { get; }

    /// <summary>Whether it stands for a bucket.</summary>
    public bool IsStaged => _location.IsS3;

    /// <exception cref="StorageException">It is no address that can be opened.</exception>
    public static StagedFolder Open(string folder) => new(StorageLocation.Parse(folder));

    /// <summary>Brings the bucket's files here whose path below the folder is taken.</summary>
    /// <exception cref="StorageException">The bucket cannot be reached, or a file of it not be read.</exception>
    public Task FetchAsync(Func<string, bool> takes, CancellationToken cancellation) =>
        CopyAsync(_location.Open, Local, takes, cancellation);

    /// <summary>Sends all files to the bucket.</summary>
    /// <exception cref="StorageException">The bucket cannot be reached, or a file not be written.</exception>
    public Task PublishAsync(CancellationToken cancellation) => CopyAsync(Local, _location.Open, _ => true, cancellation);

    public void Dispose()
    {
        if (IsStaged)
            Directory.Delete(LocalPath, recursive: true);
    }

    private LocalStorage Local() => new(LocalPath);

    private async Task CopyAsync(Func<IStorage> from, Func<IStorage> to, Func<string, bool> takes, CancellationToken cancellation)
    {
        if (!IsStaged)
            return;
        using var source = from();
        using var target = to();
        var result = await new StorageCopy(source, target, takes).RunAsync(onlyKey: null, progress: null, cancellation);
        if (result.Failures is [var first, ..])
            throw new StorageException(result.Failures.Count == 1 ? first : $"{first}; and {result.Failures.Count - 1} files more");
    }
}
