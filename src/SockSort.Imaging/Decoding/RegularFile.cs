using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SockSort.Imaging.Decoding;

/// <summary>
/// Reads files whose names strangers chose: what bears a picture's name may be a named pipe, and to open one waits for its writer.
/// </summary>
public static partial class RegularFile
{
    // linux/stat.h, fcntl.h
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int ModeAt = 28; // offset of stx_mode, 16 bits, on every processor
    private const int TypeMask = 0xf000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int CloseOnExec = 0x80000; // O_CLOEXEC

    /// <summary>
    /// What a path leads to where that is no regular file: <c>a named pipe</c>; null where it is one, or is not there. Links are followed.
    /// </summary>
    public static string? OtherKindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Directory.Exists(path) ? "a folder" : null;
        return TypeOf(path, flags: 0) switch
        {
            Regular => null,
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0x4000 => "a folder",
            0xc000 => "a socket",
            null when TypeOf(path, NoFollow) is not null => "a link to nothing",
            _ => null,
        };
    }

    /// <summary>The whole file.</summary>
    /// <param name="path">As in <see cref="OpenRead"/>.</param>
    /// <exception cref="IOException">It is absent, cannot be read, is no regular file, or has 2 GiB or more.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        if (IsOpenPipe(path))
            return File.ReadAllBytes(path);
        using var stream = OpenRead(path);
        if (stream.Length > Array.MaxLength)
            throw new IOException($"it has {stream.Length} bytes, and at most {Array.MaxLength} are read");
        var bytes = new byte[stream.Length];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    /// <param name="path">
    /// A pipe that the shell has opened (<c>/dev/fd/63</c>, <c>/dev/stdin</c>) has a writer, and is read to its end.
    /// </param>
    /// <exception cref="IOException">It is absent, cannot be read, or is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path)
    {
        if (IsOpenPipe(path))
            return File.OpenRead(path);
        return OtherKindOf(path) is { } kind
            ? throw new IOException($"it is {kind}, no regular file")
            : new FileStream(OpenWithoutWaiting(path), FileAccess.Read, bufferSize: 0);
    }

    /// <summary>A named pipe opens at once, too, and has no length.</summary>
    /// <exception cref="IOException">It is absent or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle OpenWithoutWaiting(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path);
        var handle = Open(path, NonBlocking | CloseOnExec);
        if (!handle.IsInvalid)
            return handle;
        handle.Dispose();
        // For its exceptions.
        return File.OpenHandle(path);
    }

    private static bool IsOpenPipe(string path) =>
        path == "/dev/stdin" || path.StartsWith("/dev/fd/", StringComparison.Ordinal)
            || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal);

    private static unsafe int? TypeOf(string path, int flags)
    {
        // As large as the kernel's structure ever is, so the system writes nowhere else.
        Span<byte> status = stackalloc byte[256];
        fixed (byte* target = status)
        {
            if (Status(CurrentFolder, path, flags, TypeOnly, target) != 0)
                return null;
        }
        return BinaryPrimitives.ReadUInt16LittleEndian(status[ModeAt..]) & TypeMask;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)] // 0 = done, -1 = error
    private static unsafe partial int Status(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)] // -1 = error
    private static partial SafeFileHandle Open(string path, int flags);
}
