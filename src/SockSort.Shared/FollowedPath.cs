namespace SockSort.Shared;

/// <summary>Resolves every symbolic link in a path, including links within a link's target.</summary>
public static class FollowedPath
{
    // Linux gives up after 40 links (ELOOP).
    private const int MostLinks = 40;

    /// <summary>
    /// Resolves the links. Parts that do not exist stay as they are, and so does a cycle of links, through which no file can be opened.
    /// </summary>
    /// <param name="path">Absolute, without <c>..</c>.</param>
    public static string Of(string path)
    {
        _ = TryFollow(path, out var followed);
        return followed;
    }

    /// <param name="path">Absolute, without <c>..</c>.</param>
    /// <param name="followed">The resolved path, as <see cref="Of"/> returns it.</param>
    /// <returns>False if the links form a cycle.</returns>
    public static bool TryFollow(string path, out string followed) => TryFollow(path, links: 0, out followed);

    private static bool TryFollow(string path, int links, out string followed)
    {
        followed = path;
        if (Path.GetDirectoryName(path) is not { } folder)
            return true;
        var isFollowed = TryFollow(folder, links, out var followedFolder);
        followed = Path.Combine(followedFolder, Path.GetFileName(path));
        if (!isFollowed || new FileInfo(followed).LinkTarget is not { } target)
            return isFollowed;
        return links < MostLinks && TryFollow(Path.GetFullPath(target, followedFolder), links + 1, out followed);
    }
}
