namespace SockSort.Host.Configuration.Secrets;

/// <summary>Paths with every symbolic link on the way followed, also those within a link's target.</summary>
internal static class FollowedPath
{
    // Linux gives up after 40 links (ELOOP).
    private const int MostLinks = 40;

    /// <summary>Parts that do not exist stay as they are; so does a circle of links, which no file can be opened through.</summary>
    /// <param name="path">Absolute, without <c>..</c>.</param>
    public static string Of(string path) => Resolve(path, links: 0);

    private static string Resolve(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return path;
        var resolved = Path.Combine(Resolve(folder, links), Path.GetFileName(path));
        return links < MostLinks && new FileInfo(resolved).LinkTarget is { } target
            ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(resolved)!), links + 1)
            : resolved;
    }
}
