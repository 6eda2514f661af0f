using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>Photos of a folder with one folder per sock; folders and files with a leading dot or hidden are left out.</summary>
internal static class ClassFolders
{
    private static readonly EnumerationOptions Listing = new() { IgnoreInaccessible = false };

    /// <summary>Lists classes and photos; opens none.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="shown">How errors call it.</param>
    /// <exception cref="PhotoSetException">The root is absent or not readable, a class without a photo.</exception>
    public static (IReadOnlyList<PhotoClass> Classes, IReadOnlyList<string> Ignored) Read(string root, string shown)
    {
        if (!Directory.Exists(root))
            throw PhotoSetErrors.Missing(shown);
        try
        {
            var ignored = new List<string>();
            var files = new PhotoReader(root, allowOutside: true);
            var folders = Names(Directory.EnumerateDirectories(root, "*", Listing));
            return ([.. folders.Select(folder => ReadClass(root, shown, folder, files, ignored))], ignored);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PhotoSetErrors.NotReadable(shown, error);
        }
    }

    private static PhotoClass ReadClass(string root, string shown, string folder, PhotoReader files, List<string> ignored)
    {
        var photos = new List<Photo>();
        foreach (var file in Names(Directory.EnumerateFiles(Path.Combine(root, folder), "*", Listing)))
        {
            var name = Path.Combine(shown, folder, file);
            if (PictureReader.IsPicture(file))
                photos.Add(new Photo(name, file, () => files.Read(Path.Combine(folder, file), name), $"{folder}/{file}"));
            else
                ignored.Add($"{name}: no photo by its name");
        }
        return photos.Count > 0
            ? new PhotoClass(folder, ClassLabel.Of(folder), photos)
            : throw PhotoSetErrors.EmptyClass(Path.Combine(shown, folder));
    }

    // The order decides which class has which index: it may not depend on the file system or the locale.
    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(CodePointOrder.Instance);
}
