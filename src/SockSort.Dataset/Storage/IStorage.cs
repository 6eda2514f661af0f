namespace SockSort.Dataset.Storage;

/// <summary>A folder, here or in a bucket. Safe for several threads at once.</summary>
public interface IStorage : IDisposable
{
    /// <summary>How an error names a file: its path or its <c>s3://</c> address.</summary>
    string AddressOf(string key);

    /// <summary>Every file below the root; in no certain order.</summary>
    /// <exception cref="StorageException">The storage cannot be reached.</exception>
    IAsyncEnumerable<StoredFile> ListAsync(CancellationToken cancellation);

    /// <summary>Finds one file; null where there is none.</summary>
    Task<StoredFile?> FindAsync(string key, CancellationToken cancellation);

    /// <summary>The contents from the start; the stream need not seek.</summary>
    /// <exception cref="StorageException">There is no such file, or it cannot be read.</exception>
    Task<Stream> OpenReadAsync(string key, CancellationToken cancellation);

    /// <summary>Stores a local file under <paramref name="key"/>; it appears there only when it is whole.</summary>
    /// <param name="key">Where to.</param>
    /// <param name="localPath">What.</param>
    /// <param name="md5">Of the contents, lower-case hex; checked by the storage where it can.</param>
    /// <param name="cancellation">Ends it; nothing has appeared then.</param>
    Task StoreAsync(string key, string localPath, string md5, CancellationToken cancellation);

    /// <summary>Where the file can be read as a local one without copying; null where it cannot.</summary>
    string? LocalPathOf(string key);
}
