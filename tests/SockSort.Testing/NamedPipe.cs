using System.Diagnostics;

namespace SockSort.Testing;

/// <summary>A file that nobody writes to: to open it waits for ever.</summary>
public static class NamedPipe
{
    public static void Make(string path)
    {
        using var mkfifo = Process.Start(Programs.Find("mkfifo"), [path]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
    }
}
