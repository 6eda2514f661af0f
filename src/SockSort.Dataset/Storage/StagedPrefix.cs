using System.Security.Cryptography;

namespace SockSort.Dataset.Storage;

/// <summary>A prefix for lists and record files as local paths: itself where it is local, else in a temporary folder whose files go to the bucket.</summary>
public sealed class StagedPrefix : IDisposable
{
    private readonly IStorage? _storage;
    private readonly string? _stage;
    private readonly string _name;

    private StagedPrefix(StorageLocation prefix)
    {
        (var folder, _name) = prefix.Split();
        LocalPath = prefix.Path;
        if (!prefix.IsS3)
            return;
        _storage = folder.Open();
        _stage = Directory.CreateTempSubdirectory("socksort-").FullName;
        LocalPath = Path.Combine(_stage, _name);
    }

    /// <summary>Where lists are read and files are written.</summary>
    public string LocalPath { get; }

    /// <exception cref="StorageException">The prefix is no address that can be opened.</exception>
    public static StagedPrefix Open(string prefix) => new(StorageLocation.Parse(prefix));

    /// <summary>Brings the bucket's lists of this prefix here.</summary>
    public async Task FetchListsAsync(CancellationToken cancellation)
    {
        if (_storage is null)
            return;
        await foreach (var file in _storage.ListAsync(cancellation))
        {
            if (!file.Key.Contains('/') && file.Key.StartsWith(_name, StringComparison.Ordinal) && file.Key.EndsWith(".lst", StringComparison.Ordinal))
                await FetchAsync(file.Key, cancellation);
        }
    }

    /// <summary>Sends files that lie beside <see cref="LocalPath"/> to the bucket, in this order.</summary>
    public async Task PublishAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        if (_storage is null)
            return;
        foreach (var path in paths)
            await _storage.StoreAsync(Path.GetFileName(path), path, await Md5Async(path, cancellation), cancellation);
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

    // S3 knows files by their MD5; nothing here rests on its strength.
#pragma warning disable CA5351
    private static async Task<string> Md5Async(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await MD5.HashDataAsync(file, cancellation));
    }
#pragma warning restore CA5351
}
