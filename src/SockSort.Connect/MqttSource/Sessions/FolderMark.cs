using System.Globalization;
using System.Runtime.InteropServices;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>All that SockSort knows of <c>statx</c> (Linux): the number of a folder in its file system, and when it was made.</summary>
internal static partial class FolderMark
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint WantsNumber = 0x100; // STATX_INO
    private const uint WantsBirth = 0x800; // STATX_BTIME

    /// <summary>Null where the system cannot tell.</summary>
    public static string? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new DirectoryInfo(path) is { Exists: true } folder
                ? folder.CreationTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture)
                : null;
        try
        {
            if (Look(CurrentFolder, path, flags: 0, WantsNumber | WantsBirth, out var status) != 0)
                return null;
            // Not every file system keeps the time of birth: two of them may give their first folder one number.
            var birth = (status.Mask & WantsBirth) == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"-{status.BirthSeconds}.{status.BirthNanoseconds}");
            return string.Create(CultureInfo.InvariantCulture, $"{status.Number}{birth}");
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    // 0 = done, -1 = error
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint mask, out Status status);

    // struct statx of linux/stat.h: the same on every architecture, 256 bytes.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(80)]
        public long BirthSeconds;

        [FieldOffset(88)]
        public uint BirthNanoseconds;
    }
}
