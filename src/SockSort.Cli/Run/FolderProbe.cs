namespace SockSort.Cli.Run;

/// <summary>Whether a folder can be made and written to, without making it.</summary>
internal static class FolderProbe
{
    /// <returns>Why not; null where it can.</returns>
    public static string? Problem(string folder)
    {
        if (File.Exists(folder))
            return $"{folder} is a file, expected a folder";
        var there = folder;
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there) ?? Path.GetPathRoot(folder)!;
        var probe = Path.Combine(there, $".socksort-{Guid.NewGuid():N}");
        try
        {
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{there} cannot be written to: {error.Message}";
        }
    }
}
