using System.Diagnostics;

namespace SockSort.Testing;

/// <summary>What everybody on the machine can see of the programs that a process has started.</summary>
public static class ChildProcesses
{
    /// <summary>The numbers of a process's children.</summary>
    public static IReadOnlyList<int> IdsOf(int parent) => [.. FoldersOf(parent).Select(folder => int.Parse(Path.GetFileName(folder)))];

    /// <summary>The numbers of those children that run a program of this name.</summary>
    public static IReadOnlyList<int> IdsOf(int parent, string program) =>
        [.. FoldersOf(parent).Where(folder => ProgramOf(folder) == program).Select(folder => int.Parse(Path.GetFileName(folder)))];

    /// <summary>Sends a signal, as <c>KILL</c> or <c>STOP</c>.</summary>
    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Command line and environment of each child that runs a program of this name, as <c>ps</c> reads them.</summary>
    public static IReadOnlyList<string> Of(int parent, string program) =>
    [
        .. from folder in FoldersOf(parent)
           let line = Read(Path.Combine(folder, "cmdline"))
           where Path.GetFileName(line.Split('\0')[0]) == program
           select line.Replace('\0', ' ') + "\n" + Read(Path.Combine(folder, "environ")).Replace('\0', '\n'),
    ];

    private static string ProgramOf(string folder) => Path.GetFileName(Read(Path.Combine(folder, "cmdline")).Split('\0')[0]);

    private static IEnumerable<string> FoldersOf(int parent) =>
        Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && ParentOf(folder) == parent);

    // proc(5), stat: the name in parentheses may hold anything; behind it state and parent.
    private static int ParentOf(string folder)
    {
        var stat = Read(Path.Combine(folder, "stat"));
        return stat.Length == 0 ? 0 : int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or belongs to somebody else.
            return "";
        }
    }
}
