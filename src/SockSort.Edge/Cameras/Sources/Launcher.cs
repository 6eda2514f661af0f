using SockSort.Shared;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Builds command lines of programs that end together with this process.</summary>
internal static class Launcher
{
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
        string[] alone = SearchPath.Find("setsid", searchPath) is { } setsid ? [setsid] : [];
        string[] mortal = SearchPath.Find("setpriv", searchPath) is { } setpriv ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
        return [.. alone, .. mortal, program];
    }
}
