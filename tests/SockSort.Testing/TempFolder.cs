namespace SockSort.Testing;

/// <summary>A folder of the test's own, gone when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Absolute path; the folder exists and is empty.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("socksort-test-").FullName;

    /// <summary>Absolute path of a file or folder in it.</summary>
    public string File(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a text file, with its folders, and returns its path.</summary>
    public string Write(string relative, string text)
    {
        var path = File(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A killed child may still hold a file; the system's temporary folder is cleaned anyway.
        }
    }
}
