namespace SockSort.Dataset.Photos;

/// <summary>A folder with one folder of photos per sock: what there is to learn.</summary>
/// <param name="Root">As given.</param>
/// <param name="Classes">In code-point order of their folders; at least 2, no two with one label.</param>
/// <param name="Ignored">Paths of the files in class folders that are no photos by their suffix.</param>
public sealed record PhotoFolder(string Root, IReadOnlyList<PhotoClass> Classes, IReadOnlyList<string> Ignored)
{
    internal static readonly string[] Suffixes = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"];

    private static readonly EnumerationOptions Listing = new() { IgnoreInaccessible = false };

    /// <summary>Number of photos of all classes.</summary>
    public int PhotoCount => Classes.Sum(known => known.Photos.Count);

    /// <summary>Lists classes and photos; opens none. Folders and files with a leading dot or hidden are left out.</summary>
    /// <exception cref="PhotoFolderException">
    /// The root is absent or not readable, fewer than 2 classes, a class without a photo, two folders with one label.
    /// </exception>
    public static PhotoFolder Read(string root)
    {
        if (!Directory.Exists(root))
            throw PhotoFolderErrors.Missing(root);
        try
        {
            var ignored = new List<string>();
            PhotoClass[] classes = [.. Names(Directory.EnumerateDirectories(root, "*", Listing)).Select(folder => ReadClass(root, folder, ignored))];
            Check(root, classes);
            return new PhotoFolder(root, classes, ignored);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PhotoFolderErrors.NotReadable(root, error);
        }
    }

    private static PhotoClass ReadClass(string root, string folder, List<string> ignored)
    {
        var path = Path.Combine(root, folder);
        var photos = new List<string>();
        foreach (var file in Names(Directory.EnumerateFiles(path, "*", Listing)))
            (Suffixes.Contains(Path.GetExtension(file).ToLowerInvariant()) ? photos : ignored).Add(Path.Combine(path, file));
        if (photos.Count == 0)
            throw PhotoFolderErrors.EmptyClass(path);
        var label = ClassLabel.Of(folder);
        return label.Length > 0 ? new PhotoClass(folder, label, photos) : throw PhotoFolderErrors.NoLabel(path);
    }

    // The order decides which class has which index: it may not depend on the file system or the locale.
    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(CodePointOrder.Instance);

    private static void Check(string root, PhotoClass[] classes)
    {
        if (classes.Length < 2)
            throw PhotoFolderErrors.TooFewClasses(root, classes.Length);
        var same = classes.GroupBy(known => known.Label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.ToArray();
        if (same is not null)
            throw PhotoFolderErrors.SameLabel(root, same[0].Label, same[0].Folder, same[1].Folder);
    }
}
