using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SockSort.Shared;

namespace SockSort.Dataset.Storage;

/// <summary>A folder of this machine. Folders are made when a file is stored in them.</summary>
public sealed class LocalStorage(string root) : IStorage
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    private readonly string _root = Path.GetFullPath(root);
    private readonly ConcurrentDictionary<string, bool> _cleaned = new(StringComparer.Ordinal);

    public string AddressOf(string key) => PathOf(key);

    public async IAsyncEnumerable<StoredFile> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(_root))
            throw new StorageException($"the folder {_root} does not exist");
        foreach (var file in new DirectoryInfo(_root).EnumerateFiles("*", Everything))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new StoredFile(
                Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.Length, Md5: null);
        }
    }

    public Task<StoredFile?> FindAsync(string key, CancellationToken cancellation)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new StoredFile(key, file.Length, Md5: null) : null);
    }

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream>(
                new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{PathOf(key)} cannot be read: {error.Message}", error);
        }
    }

    public async Task StoreAsync(string key, string localPath, string md5, CancellationToken cancellation)
    {
        var target = PathOf(key);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        if (_cleaned.TryAdd(folder, true))
            PartialFile.RemoveAbandoned(folder);
        using var file = PartialFile.Create(target);
        await using (var source = new FileStream(localPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true))
            await source.CopyToAsync(file.Stream, cancellation);
        file.Finish();
        file.Publish();
    }

    public string? LocalPathOf(string key) => PathOf(key);

    public void Dispose()
    {
        // Nothing is held open.
    }

    /// <summary>A key comes from another storage: it must not lead out of this folder.</summary>
    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(_root, key));
        return key.Length > 0 && !Path.IsPathRooted(key) && RealPath.IsWithin(path, _root) && !key.Contains('\0')
            ? path
            : throw new StorageException($"'{key}' is no path below {_root}");
    }
}
