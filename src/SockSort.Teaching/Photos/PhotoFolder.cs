using System.Globalization;
using System.Security.Cryptography;
using SockSort.Dataset.Photos;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Shared;

namespace SockSort.Teaching.Photos;

/// <summary>
/// The photos that a model learns from, a folder for each sock, held by one who teaches at a time. What is taught appears whole: frames
/// wait in a folder beside, <c>photos.teaching</c>, and a sock's folder is renamed into its place when all are on the disk.
/// </summary>
public sealed class PhotoFolder : IDisposable
{
    /// <summary>Least photos that teach a sock.</summary>
    public const int FewestPhotos = 3;

    private const int Quality = 95;
    private readonly string _beside;
    private readonly FileStream _held;

    private PhotoFolder(string path, string beside, FileStream held) => (Path, _beside, _held) = (path, beside, held);

    /// <summary>Absolute path of the folder that holds the socks' folders.</summary>
    public string Path { get; }

    /// <summary>Opens the folder, which need not be there yet.</summary>
    /// <exception cref="TeachingException">Somebody else teaches there, or it cannot be written.</exception>
    public static PhotoFolder Open(string path)
    {
        var full = FullPath(path);
        var beside = Beside(path);
        try
        {
            Directory.CreateDirectory(full);
            Directory.CreateDirectory(beside);
            var held = LockFile.TryHold(System.IO.Path.Combine(beside, "lock")) ?? throw TeachingErrors.Busy(path);
            var folder = new PhotoFolder(full, beside, held);
            try
            {
                folder.FinishAdding();
                folder.RemoveAbandoned();
                return folder;
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TeachingErrors.NotKept(path, error);
        }
    }

    /// <summary>The folder beside, for what is no photo of a sock yet.</summary>
    /// <param name="photos">The folder of the socks' folders.</param>
    public static string Beside(string photos) => FullPath(photos) + ".teaching";

    /// <summary>The folder of a sock's photos; null where there is none.</summary>
    public static string? Find(string photos, SockName name) => !Directory.Exists(photos)
        ? null
        : Directory.EnumerateDirectories(photos).FirstOrDefault(folder => string.Equals(
            ClassLabel.Of(System.IO.Path.GetFileName(folder)), name.Label, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sock's folder: the one whose label is the name's, else a new one.</summary>
    /// <param name="isMore">Whether photos are added to those that are there.</param>
    /// <exception cref="TeachingException">The name is taken; or with <paramref name="isMore"/>, it is not.</exception>
    public string FolderOf(SockName name, bool isMore)
    {
        var found = Find(Path, name);
        if (found is not null && !isMore)
            throw TeachingErrors.NameTaken(name.Label, found);
        if (found is null && isMore)
            throw TeachingErrors.NameUnknown(name.Label, Path);
        return found ?? System.IO.Path.Combine(Path, name.Folder);
    }

    /// <summary>Adds frames to a sock: all of them, or none.</summary>
    /// <param name="folder">By <see cref="FolderOf"/>.</param>
    /// <param name="frames">The photos.</param>
    /// <exception cref="TeachingException">
    /// They are too few, or cannot be written, as when the disk is full; nothing is changed. Or they are whole and cannot be moved to the
    /// sock: then who opens the folder next adds them.
    /// </exception>
    public void Add(SockName name, string folder, IReadOnlyList<Frame> frames)
    {
        if (frames.Count < FewestPhotos)
            throw TeachingErrors.TooFew(name.Label, frames.Count, FewestPhotos);
        var staged = System.IO.Path.Combine(Staged, System.IO.Path.GetFileName(folder));
        try
        {
            Directory.CreateDirectory(staged);
            var stamp = Stamp();
            for (var index = 0; index < frames.Count; index++)
                Write(System.IO.Path.Combine(staged, $"taught-{stamp}-{index + 1:00}.jpg"), frames[index]);
            // From here on they are the sock's: who opens the folder next goes on with it.
            Directory.Move(Staged, Adding);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TeachingErrors.NotKept(folder, error);
        }
        finally
        {
            RemoveAbandoned();
        }
        try
        {
            FinishAdding();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TeachingErrors.NotAddedYet(folder, Adding, error);
        }
    }

    /// <summary>Makes a picture that lies beside the folder a further photo of a sock, in one step.</summary>
    /// <param name="picture">Its path, on the same file system.</param>
    /// <exception cref="TeachingException">The sock has no photos yet, or the picture cannot be moved; nothing is changed.</exception>
    public void Take(SockName name, string picture)
    {
        var folder = Find(Path, name) ?? throw TeachingErrors.NotShownYet(name.Label);
        try
        {
            File.Move(picture, System.IO.Path.Combine(folder, $"named-{Stamp()}{System.IO.Path.GetExtension(picture)}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TeachingErrors.NotKept(folder, error);
        }
    }

    /// <summary>Lets others teach.</summary>
    public void Dispose() => _held.Dispose();

    private string Staged => System.IO.Path.Combine(_beside, "new");

    private string Adding => System.IO.Path.Combine(_beside, "adding");

    private static string FullPath(string path) => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    // Names that sort by time, and that no other photo has, even of the same moment.
    private static string Stamp() => string.Create(
        CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");

    private static void Write(string path, Frame frame)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(JpegWriter.Encode(frame, Quality));
        // Else the folder could be there after a power cut with empty photos in it.
        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts photos that are whole into their sock's folder; also those whose program was killed while it did.</summary>
    private void FinishAdding()
    {
        if (!Directory.Exists(Adding))
            return;
        foreach (var from in Directory.GetDirectories(Adding))
        {
            var to = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(from));
            if (!Directory.Exists(to))
            {
                Directory.Move(from, to);
                continue;
            }
            foreach (var photo in Directory.GetFiles(from))
                File.Move(photo, System.IO.Path.Combine(to, System.IO.Path.GetFileName(photo)));
        }
        Directory.Delete(Adding, recursive: true);
    }

    private void RemoveAbandoned()
    {
        if (Directory.Exists(Staged))
            Directory.Delete(Staged, recursive: true);
    }
}
