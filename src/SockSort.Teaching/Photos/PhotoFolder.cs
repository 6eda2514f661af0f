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
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var beside = full + ".teaching";
        try
        {
            Directory.CreateDirectory(full);
            Directory.CreateDirectory(beside);
            var held = LockFile.TryHold(System.IO.Path.Combine(beside, "lock")) ?? throw TeachingErrors.Busy(path);
            var folder = new PhotoFolder(full, beside, held);
            folder.RemoveAbandoned();
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TeachingErrors.NotKept(path, error);
        }
    }

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
    /// They are too few, or cannot be written, as when the disk is full; nothing is changed.
    /// </exception>
    public void Add(SockName name, string folder, IReadOnlyList<Frame> frames)
    {
        if (frames.Count < FewestPhotos)
            throw TeachingErrors.TooFew(name.Label, frames.Count, FewestPhotos);
        var staged = System.IO.Path.Combine(_beside, "new");
        try
        {
            Directory.CreateDirectory(staged);
            // Names that sort by time, and that no photo taken before has.
            var stamp = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", System.Globalization.CultureInfo.InvariantCulture);
            for (var index = 0; index < frames.Count; index++)
                Write(System.IO.Path.Combine(staged, $"taught-{stamp}-{index + 1:00}.jpg"), frames[index]);
            if (!Directory.Exists(folder))
            {
                Directory.Move(staged, folder);
                return;
            }
            foreach (var photo in Directory.GetFiles(staged))
                File.Move(photo, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(photo)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TeachingErrors.NotKept(folder, error);
        }
        finally
        {
            RemoveAbandoned();
        }
    }

    /// <summary>Lets others teach.</summary>
    public void Dispose() => _held.Dispose();

    private static void Write(string path, Frame frame)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(JpegWriter.Encode(frame, Quality));
        // Else the folder could be there after a power cut with empty photos in it.
        file.Flush(flushToDisk: true);
    }

    private void RemoveAbandoned()
    {
        var staged = System.IO.Path.Combine(_beside, "new");
        if (Directory.Exists(staged))
            Directory.Delete(staged, recursive: true);
    }
}
