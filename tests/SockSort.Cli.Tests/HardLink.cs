using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SockSort.Cli.Tests;

/// <summary>A second name for a file; .NET has none for Linux.</summary>
internal static partial class HardLink
{
    public static void Create(string existing, string name)
    {
        if (Link(existing, name) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)] // 0 = done, -1 = error
    private static partial int Link(string existing, string name);
}
