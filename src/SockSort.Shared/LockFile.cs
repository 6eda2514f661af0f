namespace SockSort.Shared;

/// <summary>A file that one process holds at a time. The system lets go where that one is killed.</summary>
public static class LockFile
{
    /// <returns>The held file, which disposal lets go; null where somebody else holds it.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
