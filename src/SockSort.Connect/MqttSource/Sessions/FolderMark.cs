using System.Globalization;
using System.Runtime.InteropServices;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>The <c>statx</c> call of Linux, which gives the inode number and the creation time of a folder.</summary>
internal static partial class FolderMark
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint WantsNumber = 0x100; // STATX_INO
    private const uint WantsBirth = 0x800; // STATX_BTIME

    /// <summary>Returns a text that identifies the folder in its file system; null where the system has none.</summary>
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
            // Not every file system keeps the creation time. It is added because two file systems may give the same number to their first
            // folder.
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
