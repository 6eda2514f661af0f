using SockSort.Shared;

namespace SockSort.Edge.Recognition;

/// <summary>
/// Says when a file is another one and is left alone. Looking at it again and again finds a change on every file system and through every
/// link, also where the system tells of none.
/// </summary>
internal sealed class FileWatch(string path)
{
    private (string Path, long Bytes, DateTime At) _taken;
    private (string Path, long Bytes, DateTime At) _seen;

    /// <summary>
    /// Whether the file has changed since this was last true, or since the beginning, and is as the look before has found it: who copies a
    /// file over it takes a while.
    /// </summary>
    public bool HasChanged()
    {
        var file = new FileInfo(FollowedPath.Of(Path.GetFullPath(path)));
        var now = file.Exists ? (file.FullName, file.Length, file.LastWriteTimeUtc) : default;
        var isSettled = now == _seen;
        _seen = now;
        if (!isSettled || now == _taken || now == default)
            return false;
        _taken = now;
        return true;
    }
}
