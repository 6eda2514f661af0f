using System.Collections.Concurrent;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Storage;

/// <summary>What a copy did.</summary>
/// <param name="Copied">Files written.</param>
/// <param name="Present">Files that were there already, with the same contents.</param>
/// <param name="CopiedBytes">Bytes of the files written.</param>
/// <param name="Failures">One message for each file that could not be copied.</param>
public sealed record CopyResult(int Copied, int Present, long CopiedBytes, IReadOnlyList<string> Failures);

/// <summary>One file of a copy is done.</summary>
/// <param name="Key">Which.</param>
/// <param name="Done">Files done so far.</param>
/// <param name="Total">Files in all.</param>
/// <param name="WasPresent">It was there already.</param>
public sealed record CopyStep(string Key, int Done, int Total, bool WasPresent);

/// <summary>Copies files between folders, here or in buckets; several at once, checked by their MD5.</summary>
/// <remarks>
/// What is there with the same length and MD5 is not written again, so a copy that was cut off goes on where it was when it is
/// started again. A file appears under its name only when it is whole.
/// </remarks>
public sealed class StorageCopy(IStorage source, IStorage target, Func<string, bool> takes)
{
    private readonly ConcurrentBag<string> _failures = [];
    private int _copied;
    private int _present;
    private int _done;
    private long _bytes;

    /// <summary>The most files worked on at once.</summary>
    public int Parallel { get; init; } = 8;

    /// <param name="onlyKey">One file of the source; null for all that are taken.</param>
    /// <param name="progress">Hears of each file.</param>
    /// <param name="cancellation">Ends the copy; what is whole stays.</param>
    /// <exception cref="StorageException">The source cannot be listed.</exception>
    public async Task<CopyResult> RunAsync(string? onlyKey, Action<CopyStep>? progress, CancellationToken cancellation)
    {
        var files = onlyKey is null ? await ListAsync(cancellation) : [await FindAsync(onlyKey, cancellation)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation };
        await System.Threading.Tasks.Parallel.ForEachAsync(files, options, async (file, token) =>
        {
            var present = await TryCopyAsync(file, token);
            progress?.Invoke(new CopyStep(file.Key, Interlocked.Increment(ref _done), files.Count, present));
        });
        return new CopyResult(_copied, _present, _bytes, [.. _failures.Order(StringComparer.Ordinal)]);
    }

    private async Task<List<StoredFile>> ListAsync(CancellationToken cancellation)
    {
        var files = new List<StoredFile>();
        await foreach (var file in source.ListAsync(cancellation))
        {
            if (takes(file.Key))
                files.Add(file);
        }
        return files;
    }

    private async Task<StoredFile> FindAsync(string key, CancellationToken cancellation) =>
        await source.FindAsync(key, cancellation) ?? throw new StorageException($"there is no file {source.AddressOf(key)}");

    private async Task<bool> TryCopyAsync(StoredFile file, CancellationToken cancellation)
    {
        try
        {
            if (source.LocalPathOf(file.Key) is { } local && RegularFile.OtherKindOf(local) is { } kind)
                throw new StorageException($"{local} is {kind}, no regular file: it is not copied");
            if (await IsPresentAsync(file, cancellation))
            {
                Interlocked.Increment(ref _present);
                return true;
            }
            await CopyAsync(file, cancellation);
            Interlocked.Increment(ref _copied);
            Interlocked.Add(ref _bytes, file.LengthBytes);
        }
        catch (Exception error) when (error is StorageException or IOException or UnauthorizedAccessException)
        {
            _failures.Add(error is StorageException ? error.Message : $"{source.AddressOf(file.Key)}: {error.Message}");
        }
        return false;
    }

    private async Task<bool> IsPresentAsync(StoredFile file, CancellationToken cancellation)
    {
        var there = await target.FindAsync(file.Key, cancellation);
        if (there is null || there.LengthBytes != file.LengthBytes)
            return false;
        var (mine, its) = (await Md5Async(source, file, cancellation), await Md5Async(target, there, cancellation));
        return mine is not null && mine == its;
    }

    /// <summary>The MD5 that the storage tells, or that of a local file; null where a bucket does not know it.</summary>
    private static async Task<string?> Md5Async(IStorage storage, StoredFile file, CancellationToken cancellation)
    {
        if (file.Md5 is null && storage.LocalPathOf(file.Key) is { } path)
            return await FileMd5.OfAsync(path, cancellation);
        return file.Md5 ?? (await storage.FindAsync(file.Key, cancellation))?.Md5;
    }

    private async Task CopyAsync(StoredFile file, CancellationToken cancellation)
    {
        if (source.LocalPathOf(file.Key) is { } path)
        {
            await target.StoreAsync(file.Key, path, await FileMd5.OfAsync(path, cancellation), cancellation);
            return;
        }
        var staged = Path.GetTempFileName();
        try
        {
            var md5 = await DownloadAsync(file, staged, cancellation);
            await target.StoreAsync(file.Key, staged, md5, cancellation);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private async Task<string> DownloadAsync(StoredFile file, string path, CancellationToken cancellation)
    {
        await using (var from = await source.OpenReadAsync(file.Key, cancellation))
        await using (var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            await from.CopyToAsync(to, cancellation);
        var md5 = await FileMd5.OfAsync(path, cancellation);
        var expected = file.Md5 ?? (await source.FindAsync(file.Key, cancellation))?.Md5;
        if (new FileInfo(path).Length != file.LengthBytes || (expected is not null && expected != md5))
            throw new StorageException($"{source.AddressOf(file.Key)} came with {new FileInfo(path).Length} bytes and the MD5 {md5}, "
                + $"expected {file.LengthBytes} bytes and {expected ?? "an unknown one"}; copy it again");
        return md5;
    }
}
