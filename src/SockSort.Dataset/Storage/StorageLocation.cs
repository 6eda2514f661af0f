namespace SockSort.Dataset.Storage;

/// <summary>What a user gives in place of a path: a local path, or <c>s3://bucket/prefix</c>.</summary>
public sealed record StorageLocation
{
    private const string Scheme = "s3://";

    private StorageLocation(string text, string? bucket, string path)
    {
        Text = text;
        Bucket = bucket;
        Path = path;
    }

    /// <summary>The location as the user gave it.</summary>
    public string Text { get; }

    /// <summary>The bucket's name; null for a local path.</summary>
    public string? Bucket { get; }

    /// <summary>Absolute local path; or the prefix in the bucket, without <c>/</c> at its ends.</summary>
    public string Path { get; }

    public bool IsS3 => Bucket is not null;

    public static bool LooksLikeS3(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="StorageException">An address without a bucket, or of another kind of storage.</exception>
    public static StorageLocation Parse(string text)
    {
        if (LooksLikeS3(text))
        {
            var parts = text[Scheme.Length..].Split('/', 2);
            var prefix = parts.Length > 1 ? parts[1].Trim('/') : "";
            return parts[0].Length > 0
                ? new StorageLocation(text, parts[0], prefix)
                : throw new StorageException($"'{text}' names no bucket, expected s3://BUCKET/PREFIX");
        }
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0
            ? throw new StorageException($"'{text}' is of an unknown kind of storage, expected a path or s3://BUCKET/PREFIX")
            : new StorageLocation(text, null, System.IO.Path.GetFullPath(text));
    }

    /// <summary>
    /// The folder that holds the last part of the path, and that part: for <c>s3://b/sets/sock</c>, <c>s3://b/sets</c> and <c>sock</c>.
    /// </summary>
    public (StorageLocation Folder, string Name) Split()
    {
        if (!IsS3)
            return (Parse(System.IO.Path.GetDirectoryName(Path) ?? Path), System.IO.Path.GetFileName(Path));
        var slash = Path.LastIndexOf('/');
        var folder = slash < 0 ? "" : Path[..slash];
        return (new StorageLocation($"{Scheme}{Bucket}/{folder}", Bucket, folder), Path[(slash + 1)..]);
    }

    /// <summary>Opens it as a folder.</summary>
    public IStorage Open() => IsS3 ? new S3Storage(Bucket!, Path) : new LocalStorage(Path);
}
