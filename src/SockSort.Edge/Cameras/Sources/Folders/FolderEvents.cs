using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>
/// All that SockSort uses of inotify: the names of files in a folder that their writer has just closed or that were moved there. .NET's own
/// watcher does not report the closing.
/// </summary>
/// <remarks>Changes by writers on other machines are not reported.</remarks>
internal sealed partial class FolderEvents : IDisposable
{
    // linux/inotify.h
    private const int NonBlocking = 0x800; // IN_NONBLOCK
    private const int CloseOnExec = 0x80000; // IN_CLOEXEC
    private const uint CloseWrite = 0x8;
    private const uint MovedTo = 0x80;
    private const int HeadBytes = 16; // watch, mask, cookie, length of the name

    private readonly SafeFileHandle _events;
    private readonly byte[] _buffer = new byte[1 << 16];

    private FolderEvents(SafeFileHandle events) => _events = events;

    /// <returns>Null if the system does not report events: it is not Linux, or has too many watches.</returns>
    public static FolderEvents? TryWatch(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var events = Create(NonBlocking | CloseOnExec);
        if (!events.IsInvalid && Watch(events, folder, CloseWrite | MovedTo) >= 0)
            return new FolderEvents(events);
        events.Dispose();
        return null;
    }

    /// <summary>Returns the file names reported since the last call; does not wait.</summary>
    public unsafe List<string> Take()
    {
        var names = new List<string>();
        while (true)
        {
            nint length;
            fixed (byte* buffer = _buffer)
                length = Read(_events, buffer, _buffer.Length);
            if (length <= 0)
                return names;
            AddNames(_buffer.AsSpan(0, (int)length), names);
        }
    }

    public void Dispose() => _events.Dispose();

    private static void AddNames(ReadOnlySpan<byte> events, List<string> names)
    {
        while (events.Length >= HeadBytes)
        {
            var nameBytes = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            var name = events.Slice(HeadBytes, nameBytes).TrimEnd((byte)0);
            if (name.Length > 0)
                names.Add(Encoding.UTF8.GetString(name));
            events = events[(HeadBytes + nameBytes)..];
        }
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)] // -1 = error
    private static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)] // -1 = error
    private static partial int Watch(SafeFileHandle events, string folder, uint mask);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)] // bytes read, -1 = error or nothing there
    private static unsafe partial nint Read(SafeFileHandle events, byte* buffer, nint lengthBytes);
}
