using System.Globalization;

namespace SockSort.Log.Sqlite.Storage;

/// <summary>
/// Prevents a second writer in a data folder. It is the kernel's lock on the open file <c>writer.lock</c>, so a killed process releases
/// it; <c>writer.pid</c> beside it only names the holder.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _pidPath;

    private WriterLock(FileStream file, string pidPath) => (_file, _pidPath) = (file, pidPath);

    /// <exception cref="LogException">Another process holds the lock (<see cref="LogErrorKind.InUse"/>).</exception>
    public static WriterLock Take(string directory)
    {
        var pidPath = Path.Combine(directory, "writer.pid");
        FileStream file;
        try
        {
            // FileShare.None is flock(LOCK_EX) on Unix; others cannot read a locked file, hence the second file.
            file = new FileStream(Path.Combine(directory, "writer.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw SqliteErrors.InUse(directory, Holder(pidPath));
        }
        File.WriteAllText(pidPath, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        return new WriterLock(file, pidPath);
    }

    public void Dispose()
    {
        File.Delete(_pidPath);
        _file.Dispose();
    }

    private static string Holder(string pidPath)
    {
        try
        {
            return $"process {File.ReadAllText(pidPath).Trim()}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
