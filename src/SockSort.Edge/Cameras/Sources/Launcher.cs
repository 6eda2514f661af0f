namespace SockSort.Edge.Cameras.Sources;

/// <summary>Finds programs, and builds command lines that make them end together with this process.</summary>
internal static class Launcher
{
    /// <summary>Returns the absolute path of a program; null if none of the folders holds it.</summary>
    /// <param name="name">Name of the program, without <c>.exe</c>.</param>
    /// <param name="searchPath">Folders, separated as in the environment variable PATH.</param>
    public static string? Find(string name, string searchPath)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// Returns the command line that starts <paramref name="program"/>. On Linux, <c>setsid</c> keeps Ctrl-C at the terminal away from the
    /// child, and <c>setpriv</c> ends it when this process is killed: a child of a silent camera would notice that only at its next frame.
    /// </summary>
    /// <remarks>
    /// Both programs belong to util-linux and replace themselves by the program. If one is not installed, the program is started without
    /// it.
    /// </remarks>
    public static string[] CommandLine(string program, string searchPath)
    {
        if (!OperatingSystem.IsLinux())
            return [program];
        string[] alone = Find("setsid", searchPath) is { } setsid ? [setsid] : [];
        string[] mortal = Find("setpriv", searchPath) is { } setpriv ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
        return [.. alone, .. mortal, program];
    }
}
