using Microsoft.Win32.SafeHandles;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Reads photos under a root into memory that is used again; refuses what could hang, fill the memory or leave the root.</summary>
internal sealed class PhotoFile : IPhotoSource
{
    /// <summary>A record's length, which also bounds what a photo may take.</summary>
    public const long MostBytes = RecordWriter.MaxRecordLength - 1024;

    // Memory beyond this is given back after a large file.
    private const int Keep = 16 << 20;

    private readonly string _root;
    private readonly string _realRoot;
    private readonly bool _allowOutside;
    private readonly Dictionary<string, string> _realFolders = [];
    private byte[] _bytes = new byte[1 << 18];

    public PhotoFile(string root, bool allowOutside)
    {
        _root = Path.GetFullPath(root);
        _realRoot = RealPath.Of(_root);
        _allowOutside = allowOutside;
    }

    /// <summary>Reads the whole file; valid until the next call.</summary>
    /// <param name="relative">As the list has it.</param>
    /// <exception cref="PictureException">It cannot be read, or must not be.</exception>
    public ReadOnlySpan<byte> Read(string relative)
    {
        var path = Path.Combine(_root, relative);
        try
        {
            Check(path);
            using var file = RegularFile.OpenWithoutWaiting(path);
            return ReadAll(file, relative);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new PictureException(relative, Reason(path, error), error);
        }
    }

    private static string Reason(string path, Exception error) => error switch
    {
        OutsideException => error.Message,
        FileNotFoundException or DirectoryNotFoundException => $"there is no file {path}",
        _ when Directory.Exists(path) => "is a folder",
        NotSupportedException => "is no regular file",
        UnauthorizedAccessException => "may not be read (permission denied)",
        _ => error.Message,
    };

    private void Check(string path)
    {
        if (_allowOutside)
            return;
        var real = RealPathOf(Path.GetFullPath(path));
        if (!RealPath.IsWithin(real, _realRoot))
            throw new OutsideException(
                $"leads out of the photos' folder {_root} (to {real}); move it inside, or allow it with --allow-outside");
    }

    /// <summary>Folders are looked up once; the file itself each time.</summary>
    private string RealPathOf(string path)
    {
        var folder = Path.GetDirectoryName(path);
        if (folder is null)
            return path;
        if (!_realFolders.TryGetValue(folder, out var realFolder))
            _realFolders[folder] = realFolder = RealPath.Of(folder);
        var file = Path.Combine(realFolder, Path.GetFileName(path));
        return new FileInfo(file).LinkTarget is null ? file : RealPath.Of(file);
    }

    private ReadOnlySpan<byte> ReadAll(SafeFileHandle file, string relative)
    {
        var length = RandomAccess.GetLength(file);
        if (length > MostBytes)
            throw new PictureException(relative, $"has {length} bytes, more than the {MostBytes} that a record holds");
        if (_bytes.Length < length || _bytes.Length > Keep)
            _bytes = GC.AllocateUninitializedArray<byte>((int)Math.Max(length, 1 << 18), pinned: true);
        var have = 0;
        while (have < length)
        {
            var read = RandomAccess.Read(file, _bytes.AsSpan(have, (int)length - have), have);
            if (read == 0)
                break;
            have += read;
        }
        return _bytes.AsSpan(0, have);
    }

    private sealed class OutsideException(string message) : IOException(message);
}
