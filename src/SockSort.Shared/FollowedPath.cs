namespace SockSort.Shared;

/// <summary>Paths with every symbolic link on the way followed, also those within a link's target.</summary>
public static class FollowedPath
{
    // Linux gives up after 40 links (ELOOP).
    private const int MostLinks = 40;

    /// <summary>Parts that do not exist stay as they are; so does a circle of links, which no file can be opened through.</summary>
    /// <param name="path">Absolute, without <c>..</c>.</param>
    public static string Of(string path)
    {
        _ = TryFollow(path, out var followed);
        return followed;
    }

    /// <param name="path">Absolute, without <c>..</c>.</param>
    /// <param name="followed">As <see cref="Of"/> gives it.</param>
    /// <returns>False where links lead in a circle.</returns>
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
