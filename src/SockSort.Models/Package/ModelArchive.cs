using System.Formats.Tar;
using System.IO.Compression;
using SockSort.Imaging.Decoding;

namespace SockSort.Models.Package;

/// <summary>The <c>tar.gz</c> around a model: three plain files, their sizes bounded, nothing extracted to disk.</summary>
internal static class ModelArchive
{
    /// <summary>Bytes of the model above which a package is refused.</summary>
    public const long MostBytes = 256 << 20;

    /// <summary>Bytes of labels or card above which a package is refused.</summary>
    public const long MostTextBytes = 4 << 20;

    // Headers between the entries.
    private const long MostUnpackedBytes = MostBytes + 3 * MostTextBytes;

    /// <summary>Bytes of a file above which it is not read: what cannot be packed smaller grows by less than a thousandth.</summary>
    public const long MostFileBytes = MostUnpackedBytes + MostTextBytes;

    /// <exception cref="ModelException">Absent, cut off, a foreign, missing, doubled or oversized entry.</exception>
    public static Dictionary<string, byte[]> Read(string path)
    {
        if (!File.Exists(path))
            throw ModelErrors.Missing(path);
        try
        {
            using var file = RegularFile.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.NotReadable(path, error);
        }
    }

    /// <param name="file">The archive, read to its end.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="ModelException">Cut off, a foreign, missing, doubled or oversized entry.</exception>
    public static Dictionary<string, byte[]> Read(Stream file, string path)
    {
        try
        {
            var entries = ReadEntries(file, path);
            // SageMaker packs what it finds in /opt/ml/model, which may be a package already.
            if (entries.Count == 1 && entries.TryGetValue(ModelPackage.FileName, out var inner))
                entries = ReadEntries(new MemoryStream(inner), $"{path}, {ModelPackage.FileName} in it");
            foreach (var name in ModelPackage.EntryNames.Where(name => !entries.ContainsKey(name)))
                throw ModelErrors.EntryMissing(path, name);
            return entries;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw ModelErrors.CutOff(path, error);
        }
    }

    /// <summary>The archive's bytes; the same entries give the same bytes.</summary>
    public static byte[] ToBytes(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var archive = new MemoryStream();
        WriteEntries(archive, entries);
        return archive.ToArray();
    }

    /// <summary>Bytes above which an entry is refused.</summary>
    public static long MostOf(string entry) => entry is ModelPackage.OnnxEntry or ModelPackage.FileName ? MostBytes : MostTextBytes;

    /// <summary>Writes beside the path and renames when whole; the same entries give the same bytes.</summary>
    public static void Write(string path, IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        var whole = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        var partial = $"{whole}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew))
            {
                WriteEntries(file, entries);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, whole, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static Dictionary<string, byte[]> ReadEntries(Stream file, string path)
    {
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        // What an entry's header claims is checked below; this holds also for what lies between the entries.
        using var bounded = new BoundedStream(unpacked, MostUnpackedBytes, () => ModelErrors.Bomb(path, MostUnpackedBytes));
        using var tar = new TarReader(bounded);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            // Other tars write './model.onnx'.
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            var isFolderItself = entry.EntryType == TarEntryType.Directory && name is "" or "." or "./";
            // macOS's tar adds its notes about each file.
            if (isFolderItself || name.StartsWith("._", StringComparison.Ordinal))
                continue;
            var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
            if (!isFile || !(ModelPackage.EntryNames.Contains(name) || name == ModelPackage.FileName))
                throw ModelErrors.ForeignEntry(path, entry.Name, ModelPackage.EntryNames);
            if (entry.Length > MostOf(name))
                throw ModelErrors.EntryTooLarge(path, name, entry.Length, MostOf(name));
            if (!entries.TryAdd(name, Content(entry)))
                throw ModelErrors.TwiceEntry(path, name);
        }
        return entries;
    }

    private static byte[] Content(TarEntry entry)
    {
        var bytes = new byte[entry.Length];
        entry.DataStream?.ReadExactly(bytes);
        return bytes;
    }

    private static void WriteEntries(Stream archive, IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var packed = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar);
        foreach (var (name, bytes) in entries)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(bytes),
                // No date of today: equal packages are equal bytes.
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        }
    }
}
