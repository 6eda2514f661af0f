namespace SockSort.Shared;

/// <summary>Finds the programs of this machine.</summary>
public static class SearchPath
{
    /// <summary>The folders of the environment variable PATH, as it has them; empty where it is not set.</summary>
    public static string OfProcess => Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>Returns the absolute path of a program; null if none of the folders holds it.</summary>
    /// <param name="name">Name of the program, without <c>.exe</c>.</param>
    /// <param name="folders">Separated as in the environment variable PATH.</param>
    public static string? Find(string name, string folders)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
