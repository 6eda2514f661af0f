using SockSort.Shared;

namespace SockSort.Dataset;

/// <summary>Paths with all symbolic links followed.</summary>
internal static class RealPath
{
    /// <summary>Absolute, without links, <c>.</c> and <c>..</c>; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path) => FollowedPath.TryFollow(Path.GetFullPath(path), out var followed)
        ? followed
        : throw new IOException($"{path}: symbolic links lead in a circle");

    /// <summary>
    /// Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it; both as <see cref="Of"/> gives them.
    /// </summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder
            || path.StartsWith(Path.EndsInDirectorySeparator(folder)
                ? folder
                : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
