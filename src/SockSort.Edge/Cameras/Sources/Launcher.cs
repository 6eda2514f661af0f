namespace SockSort.Edge.Cameras.Sources;

/// <summary>Finds programs, and starts them so that they end with this process.</summary>
internal static class Launcher
{
    /// <summary>Absolute path of a program; null where it is in none of the folders.</summary>
    /// <param name="name">Without <c>.exe</c>.</param>
    /// <param name="searchPath">Folders as in the environment variable PATH.</param>
    public static string? Find(string name, string searchPath)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// The command line before which <paramref name="program"/> is put on Linux: Ctrl-C at the terminal is ours alone (<c>setsid</c>), and
    /// a child whose camera is silent does not outlive a process that was killed (<c>setpriv</c>; it would notice only at its next frame).
    /// </summary>
    /// <remarks>Both belong to util-linux and replace themselves by the program. Where they are absent it is started by itself.</remarks>
    public static string[] CommandLine(string program, string searchPath)
    {
        if (!OperatingSystem.IsLinux())
            return [program];
        string[] alone = Find("setsid", searchPath) is { } setsid ? [setsid] : [];
        string[] mortal = Find("setpriv", searchPath) is { } setpriv ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
        return [.. alone, .. mortal, program];
    }
}
