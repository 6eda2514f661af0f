namespace SockSort.Dataset.Storage;

/// <summary>Looks whether something can be written before the work begins whose outcome it is to hold.</summary>
public static class OutputPlace
{
    // A full disk makes empty files all the same.
    private const int ProbeBytes = 4096;

    /// <param name="path">
    /// A file to be written or replaced; folders above it are made later. What lies in a bucket is not looked at.
    /// </param>
    /// <exception cref="StorageException">It is a folder, or nothing can be written beside it.</exception>
    public static void RequireFile(string? path)
    {
        if (path is null || StorageLocation.LooksLikeS3(path))
            return;
        if (Directory.Exists(path))
            throw new StorageException($"{path}: is a folder, expected the name of a file to write");
        Probe(path, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <param name="folder">A folder to write into; it is made later. One in a bucket is not looked at.</param>
    /// <exception cref="StorageException">It is a file, or nothing can be written into it.</exception>
    public static void RequireFolder(string? folder)
    {
        if (folder is null || StorageLocation.LooksLikeS3(folder))
            return;
        Probe(folder, Path.GetFullPath(folder));
    }

    private static void Probe(string path, string folder)
    {
        while (!Directory.Exists(folder))
        {
            if (Path.Exists(folder))
                throw new StorageException($"{path}: cannot be written, for {folder} is a file and no folder");
            folder = Path.GetDirectoryName(folder) ?? "/";
        }
        var probe = Path.Combine(folder, $".socksort-probe-{Guid.NewGuid():N}");
        try
        {
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
            file.Write(new byte[ProbeBytes]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path}: cannot be written ({Reason(error, probe)})", error);
        }
    }

    /// <summary>The system's words, without the name of a file that nobody asked for.</summary>
    private static string Reason(Exception error, string probe) =>
        error is UnauthorizedAccessException
            ? "permission denied"
            : error.Message.Replace($" : '{probe}'", "", StringComparison.Ordinal).Replace($"'{probe}'", "it", StringComparison.Ordinal)
                .TrimEnd('.');
}
