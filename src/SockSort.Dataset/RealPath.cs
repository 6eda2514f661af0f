namespace SockSort.Dataset;

/// <summary>Paths with all symbolic links followed.</summary>
internal static class RealPath
{
    // Linux gives up after 40 links (ELOOP).
    private const int MostLinks = 40;

    /// <summary>Absolute, without links, <c>.</c> and <c>..</c>; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path) => Resolve(Path.GetFullPath(path), 0);

    /// <summary>
    /// Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it; both as <see cref="Of"/> gives them.
    /// </summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder
            || path.StartsWith(Path.EndsInDirectorySeparator(folder)
                ? folder
                : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string path, int links)
    {
        var folder = Path.GetDirectoryName(path);
        if (folder is null)
            return path;
        var resolved = Path.Combine(Resolve(folder, links), Path.GetFileName(path));
        if (new FileInfo(resolved).LinkTarget is not { } target)
            return resolved;
        if (links == MostLinks)
            throw new IOException($"{path}: symbolic links lead in a circle");
        return Resolve(Path.GetFullPath(target, Path.GetDirectoryName(resolved)!), links + 1);
    }
}
