namespace SockSort.Dataset.Storage;

/// <summary>
/// A file, or the prefix of several (lists, record files), as a local path: itself where it is local, else in a temporary
/// folder, to which files of the bucket are brought and from which they are sent to it.
/// </summary>
public sealed class StagedPath : IDisposable
{
    private readonly IStorage? _storage;
    private readonly string? _stage;
    private readonly string _name;

    private StagedPath(StorageLocation path)
    {
        (var folder, _name) = path.Split();
        LocalPath = path.Text;
        if (!path.IsS3)
            return;
        _storage = folder.Open();
        _stage = Directory.CreateTempSubdirectory("socksort-").FullName;
        LocalPath = Path.Combine(_stage, _name);
    }

    /// <summary>Where it is read and written; a local path as it was given, so that errors name what the user wrote.</summary>
    public string LocalPath { get; }

    /// <exception cref="StorageException">It is no address that can be opened.</exception>
    public static StagedPath Open(string path) => new(StorageLocation.Parse(path));

    /// <summary>Opens it and brings the file here.</summary>
    /// <exception cref="StorageException">There is no such file in the bucket; whether a local one is there is not looked at.</exception>
    public static async Task<StagedPath> FetchedAsync(string path, CancellationToken cancellation)
    {
        var staged = Open(path);
        try
        {
            await staged.FetchAsync(cancellation);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Brings the file here.</summary>
    /// <exception cref="StorageException">There is no such file in the bucket.</exception>
    public Task FetchAsync(CancellationToken cancellation) => _storage is null ? Task.CompletedTask : FetchAsync(_name, cancellation);

    /// <summary>Brings the file of the same name with another suffix here, where the bucket has one.</summary>
    public async Task TryFetchAsync(string suffix, CancellationToken cancellation)
    {
        var key = Path.ChangeExtension(_name, suffix);
        if (_storage is not null && await _storage.FindAsync(key, cancellation) is not null)
            await FetchAsync(key, cancellation);
    }

    /// <summary>Brings another file that lies beside it here, where the bucket has one.</summary>
    /// <param name="name">Without a folder.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task TryFetchBesideAsync(string name, CancellationToken cancellation)
    {
        if (_storage is not null && !name.Contains('/') && await _storage.FindAsync(name, cancellation) is not null)
            await FetchAsync(name, cancellation);
    }

    /// <summary>Brings the bucket's lists of this prefix here.</summary>
    public async Task FetchListsAsync(CancellationToken cancellation)
    {
        if (_storage is null)
            return;
        await foreach (var file in _storage.ListAsync(cancellation))
        {
            if (!file.Key.Contains('/') && file.Key.StartsWith(_name, StringComparison.Ordinal)
                && file.Key.EndsWith(".lst", StringComparison.Ordinal))
                await FetchAsync(file.Key, cancellation);
        }
    }

    /// <summary>Sends the file to the bucket.</summary>
    public Task PublishAsync(CancellationToken cancellation) => PublishAsync([LocalPath], cancellation);

    /// <summary>Sends files that lie beside <see cref="LocalPath"/> to the bucket, in this order.</summary>
    public async Task PublishAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        if (_storage is null)
            return;
        foreach (var path in paths)
            await _storage.StoreAsync(Path.GetFileName(path), path, await FileMd5.OfAsync(path, cancellation), cancellation);
    }

    /// <summary>How a user knows a local file of the stage.</summary>
    public string AddressOf(string path) => _storage?.AddressOf(Path.GetFileName(path)) ?? path;

    public void Dispose()
    {
        _storage?.Dispose();
        if (_stage is not null)
            Directory.Delete(_stage, recursive: true);
    }

    private async Task FetchAsync(string key, CancellationToken cancellation)
    {
        await using var source = await _storage!.OpenReadAsync(key, cancellation);
        await using var target = new FileStream(Path.Combine(_stage!, key), FileMode.Create, FileAccess.Write);
        await source.CopyToAsync(target, cancellation);
    }
}
