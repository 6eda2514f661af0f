using System.Diagnostics;
using System.Globalization;

namespace SockSort.Shared;

/// <summary>A file being written under another name, which takes its own only when it is whole.</summary>
public sealed class PartialFile : IDisposable
{
    private const string Suffix = ".socksort-part";

    private readonly string _partial;
    private bool _published;

    private PartialFile(string path)
    {
        FinalPath = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(FinalPath)))
            throw new DirectoryNotFoundException($"{FinalPath} cannot be written: its folder does not exist");
        _partial = Path.Combine(Path.GetDirectoryName(FinalPath)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}{Suffix}");
        Stream = new FileStream(_partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 18);
    }

    /// <summary>Absolute path under which the file is to appear.</summary>
    public string FinalPath { get; }

    /// <summary>Receives the contents; closed by <see cref="Finish"/>.</summary>
    public FileStream Stream { get; }

    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static PartialFile Create(string path) => new(path);

    /// <summary>Removes what runs that were killed have left in a folder.</summary>
    public static void RemoveAbandoned(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, $".*{Suffix}", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            if (!IsOwned(path))
                File.Delete(path);
        }
    }

    /// <summary>
    /// Whether its process still writes it; where processes have numbers of their own (containers), the file's lock tells.
    /// </summary>
    private static bool IsOwned(string path)
    {
        var process = Path.GetExtension(path[..^Suffix.Length]).TrimStart('.');
        return !int.TryParse(process, CultureInfo.InvariantCulture, out var id) || IsRunning(id) || IsLocked(path);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            Process.GetProcessById(id).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsLocked(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Writes out what is buffered and closes the file, still under the other name.</summary>
    public void Finish() => Stream.Dispose();

    /// <summary>Gives the finished file its name; an older file of that name is replaced in one step.</summary>
    public void Publish()
    {
        File.Move(_partial, FinalPath, overwrite: true);
        _published = true;
    }

    public void Dispose()
    {
        try
        {
            // Where the disk is full this throws, as what is buffered cannot be written.
            Stream.Dispose();
        }
        finally
        {
            if (!_published)
                File.Delete(_partial);
        }
    }
}
