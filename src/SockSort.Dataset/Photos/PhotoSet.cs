using SockSort.Dataset.Storage;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>Photos with their classes: what there is to learn, or to be tested with.</summary>
/// <remarks>
/// Out of a folder with one folder per sock, a <c>.lst</c> with the folder that its paths start from, or a <c>.rec</c>; each of
/// them may lie in a bucket, and is then brought here until the set is disposed of.
/// </remarks>
public sealed class PhotoSet : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _staged;

    private PhotoSet(
        string source, IReadOnlyList<PhotoClass> classes, IReadOnlyList<string> ignored, params IReadOnlyList<IDisposable> staged)
    {
        (Source, Classes, Ignored, _staged) = (source, classes, ignored, staged);
        Check();
    }

    /// <summary>The photos' place, as the user gave it.</summary>
    public string Source { get; }

    /// <summary>Folders in code-point order, else classes in the order of the labels; at least one, no two with one label.</summary>
    public IReadOnlyList<PhotoClass> Classes { get; }

    /// <summary>
    /// What was left out (files that are no photos by their suffix, folders that programs left, classes without a photo, photos beside
    /// the class folders, damaged lines and records), each with its reason.
    /// </summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>Number of photos of all classes.</summary>
    public int PhotoCount => Classes.Sum(known => known.Photos.Count);

    /// <summary>Reads a folder of this machine; opens no photo.</summary>
    /// <exception cref="PhotoSetException">
    /// The root is absent or not readable, no class, photos in no class folder, a label that reads as a path, two folders with one label.
    /// </exception>
    public static PhotoSet OfFolder(string root)
    {
        var (classes, ignored) = ClassFolders.Read(root, root);
        return new PhotoSet(root, classes, ignored);
    }

    /// <param name="source">
    /// A folder, a <c>.lst</c>, a <c>.rec</c>, or an augmented manifest (<c>.manifest</c>, <c>.jsonl</c>), here or <c>s3://</c>.
    /// </param>
    /// <param name="root">
    /// Folder, here or <c>s3://</c>, that the paths of a <c>.lst</c> start from; by default the one that it lies in.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PhotoSetException">See <see cref="OfFolder"/>; or the file cannot be read.</exception>
    /// <exception cref="StorageException">A bucket cannot be reached.</exception>
    public static Task<PhotoSet> OpenAsync(string source, string? root = null, CancellationToken cancellation = default) =>
        OpenAsync(source, root, names: null, cancellation);

    /// <summary>Reads several record files of this machine as one set.</summary>
    /// <param name="source">What holds them, for errors.</param>
    /// <param name="files">Their numbers mean the same; each may have its list beside it.</param>
    /// <exception cref="PhotoSetException">No photo, records of several labels, or one that is another kind of file.</exception>
    public static PhotoSet OfRecords(string source, IReadOnlyList<string> files)
    {
        var photos = new NumberedPhotos();
        foreach (var file in files)
            PhotosOfRecords.ReadInto(photos, file, file);
        return new PhotoSet(source, photos.Classes(source, names: null), photos.Ignored);
    }

    /// <param name="source">See above.</param>
    /// <param name="root">See above.</param>
    /// <param name="names">What the numbers of a list or of records mean; null = by their folders. Folders need none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PhotoSetException">See above; or a number has no name.</exception>
    /// <exception cref="StorageException">A bucket cannot be reached.</exception>
    public static Task<PhotoSet> OpenAsync(string source, string? root, ClassNames? names, CancellationToken cancellation) =>
        Path.GetExtension(source).ToLowerInvariant() switch
        {
            ".lst" => OpenListAsync(source, root, names, cancellation),
            ".rec" => OpenRecordsAsync(source, names, cancellation),
            ".manifest" or ".jsonl" => OpenManifestAsync(source, names, cancellation),
            _ => OpenFolderAsync(source, cancellation),
        };

    /// <summary>The classes' labels by their numbers.</summary>
    public IReadOnlyDictionary<int, string> LabelsByNumber() => Classes.ToDictionary(known => known.Number, known => known.Label);

    /// <summary>Whether a folder of this machine holds another with a photo in it.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    public static bool HasClassFolder(string folder) => ClassFolders.HasClass(folder);

    public void Dispose()
    {
        foreach (var staged in _staged)
            staged.Dispose();
    }

    private static Task<PhotoSet> OpenFolderAsync(string source, CancellationToken cancellation) =>
        HoldAsync(StagedFolder.Open(source), async folder =>
        {
            await folder.FetchAsync(PictureReader.IsPicture, cancellation);
            var (classes, ignored) = ClassFolders.Read(folder.LocalPath, source.TrimEnd('/'));
            return new PhotoSet(source, classes, ignored, folder);
        });

    private static Task<PhotoSet> OpenListAsync(string source, string? root, ClassNames? names, CancellationToken cancellation) =>
        HoldAsync(StagedPath.Open(source), async list =>
        {
            await FetchAsync(list, source, cancellation);
            var shownRoot = root ?? FolderOf(source);
            return await HoldAsync(StagedFolder.Open(shownRoot), async folder =>
            {
                var wanted = folder.IsStaged ? PhotosOfList.PathsIn(list.LocalPath).ToHashSet(StringComparer.Ordinal) : [];
                await folder.FetchAsync(wanted.Contains, cancellation);
                var photos = PhotosOfList.Read(list.LocalPath, folder.LocalPath, source, shownRoot);
                return new PhotoSet(source, photos.Classes(source, names), photos.Ignored, list, folder);
            });
        });

    private static Task<PhotoSet> OpenRecordsAsync(string source, ClassNames? names, CancellationToken cancellation) =>
        HoldAsync(StagedPath.Open(source), async records =>
        {
            await FetchAsync(records, source, cancellation);
            await records.TryFetchAsync(".lst", cancellation);
            var photos = PhotosOfRecords.Read(records.LocalPath, source);
            return new PhotoSet(source, photos.Classes(source, names), photos.Ignored, records);
        });

    private static Task<PhotoSet> OpenManifestAsync(string source, ClassNames? names, CancellationToken cancellation) =>
        HoldAsync(StagedPath.Open(source), async manifest =>
        {
            await FetchAsync(manifest, source, cancellation);
            var photos = PhotosOfManifest.Read(manifest.LocalPath, source);
            return new PhotoSet(source, photos.Classes(source, names), photos.Ignored, manifest);
        });

    private static async Task FetchAsync(StagedPath path, string source, CancellationToken cancellation)
    {
        await path.FetchAsync(cancellation);
        if (!File.Exists(path.LocalPath))
            throw PhotoSetErrors.NoFile(source);
    }

    /// <summary>What was staged goes to the set; where none comes about, it is removed here.</summary>
    private static async Task<PhotoSet> HoldAsync<T>(T staged, Func<T, Task<PhotoSet>> open)
        where T : IDisposable
    {
        try
        {
            return await open(staged);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>The folder that holds a path, here or in a bucket.</summary>
    private static string FolderOf(string source)
    {
        var slash = source.LastIndexOf('/');
        return slash switch
        {
            < 0 => ".",
            0 => "/",
            _ => source[..slash],
        };
    }

    private void Check()
    {
        if (Classes.Count == 0)
            throw PhotoSetErrors.NoClass(Source);
        if (Classes.FirstOrDefault(known => known.Label.Length == 0) is { } unnamed)
            throw PhotoSetErrors.NoLabel(Path.Combine(Source, unnamed.Folder));
        if (Classes.FirstOrDefault(known => ClassLabel.IsPath(known.Label)) is { } path)
            throw PhotoSetErrors.PathLabel(Path.Combine(Source, path.Folder), path.Label);
        var same = Classes.GroupBy(known => known.Label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.ToArray();
        if (same is not null)
            throw PhotoSetErrors.SameLabel(Source, same[0].Label, same[0].Folder, same[1].Folder);
    }
}
