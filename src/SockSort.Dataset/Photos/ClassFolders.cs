using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>
/// Photos of a folder with one folder per sock, also those nested below it. What is no photo of a class is named: folders that other
/// programs left, classes without a photo, photos beside the class folders.
/// </summary>
internal sealed class ClassFolders
{
    private static readonly EnumerationOptions Listing = new() { IgnoreInaccessible = false, AttributesToSkip = 0 };

    private readonly string _root;
    private readonly string _shown;
    private readonly PhotoReader _files;
    private readonly List<string> _ignored = [];

    private ClassFolders(string root, string shown) => (_root, _shown, _files) = (root, shown, new PhotoReader(root, allowOutside: true));

    /// <summary>Lists classes and photos; opens none.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="shown">How errors call it.</param>
    /// <exception cref="PhotoSetException">
    /// The root is absent or not readable, holds photos but no class folder, or folders called train and val above the classes.
    /// </exception>
    public static (IReadOnlyList<PhotoClass> Classes, IReadOnlyList<string> Ignored) Read(string root, string shown) =>
        Listed(root, shown, folders =>
        {
            if (folders.Splits() is { Count: > 0 } splits)
                throw PhotoSetErrors.Splits(shown, splits);
            return folders.ReadClasses(prefix: "");
        });

    /// <summary>As <see cref="Read"/>, and where folders called train, val and test stand above the classes, the classes of all.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="shown">How errors call it.</param>
    /// <exception cref="PhotoSetException">The root is absent or not readable, or holds photos but no class folder.</exception>
    public static (IReadOnlyList<PhotoClass> Classes, IReadOnlyList<string> Ignored) ReadWithSplits(string root, string shown) =>
        Listed(root, shown, folders =>
        {
            var splits = folders.Splits();
            return splits.Count == 0
                ? folders.ReadClasses(prefix: "")
                : [.. folders.FoldersIn("").SelectMany(
                    name => splits.Contains(name) ? folders.ReadClasses(name + "/") : folders.ReadClass("", name))];
        });

    /// <summary>Whether a folder holds another with a photo in it.</summary>
    public static bool HasClass(string root)
    {
        var folders = new ClassFolders(root, root);
        return folders.FoldersIn("").Any(folder => folders.HasPhoto(folder + "/"));
    }

    private static (IReadOnlyList<PhotoClass> Classes, IReadOnlyList<string> Ignored) Listed(
        string root, string shown, Func<ClassFolders, IReadOnlyList<PhotoClass>> read)
    {
        if (File.Exists(root))
            throw PhotoSetErrors.NoFolder(shown, FileKind.NameOf(root));
        if (!Directory.Exists(root))
            throw PhotoSetErrors.Missing(shown);
        try
        {
            var folders = new ClassFolders(root, shown);
            var classes = read(folders);
            return (classes, folders._ignored);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PhotoSetErrors.NotReadable(shown, error);
        }
    }

    /// <summary>Folders called train, val, ... that hold no photo themselves but class folders.</summary>
    private List<string> Splits() =>
    [
        .. FoldersIn("").Where(name => SplitNames.Of(name) is not null && !PicturesIn(name + "/").Any())
            .Where(name => FoldersIn(name + "/").Any(inner => HasPhoto($"{name}/{inner}/"))),
    ];

    /// <param name="prefix">Path below the root of the folder that holds the classes; empty, or with <c>/</c> at its end.</param>
    private IReadOnlyList<PhotoClass> ReadClasses(string prefix)
    {
        NameTools(prefix);
        var classes = FoldersIn(prefix).SelectMany(name => ReadClass(prefix, name)).Select((known, place) => known with { Number = place })
            .ToArray();
        string[] loose = [.. PicturesIn(prefix)];
        if (classes.Length == 0 && loose.Length > 0)
            throw PhotoSetErrors.Flat(Path.Combine(_shown, prefix).TrimEnd('/'), loose);
        _ignored.AddRange(loose.Select(file => $"{Path.Combine(_shown, prefix, file)}: lies beside the class folders, in none of them"));
        return classes;
    }

    /// <returns>The class; nothing where it has no photo, which is named.</returns>
    private IEnumerable<PhotoClass> ReadClass(string prefix, string name)
    {
        var photos = PhotosBelow(prefix + name + "/", "", []).ToList();
        if (photos.Count > 0)
            return [new PhotoClass(prefix + name, ClassLabel.Of(name), photos)];
        _ignored.Add(
            $"{Path.Combine(_shown, prefix, name)}: no class, for it holds no photo ({string.Join(", ", PictureReader.Suffixes)})");
        return [];
    }

    /// <param name="folder">Path of the class below the root, with <c>/</c> at its end.</param>
    /// <param name="nested">Path below the class; empty, or with <c>/</c> at its end.</param>
    /// <param name="above">Real paths of the folders above, so that a link that leads back is not followed.</param>
    private IEnumerable<Photo> PhotosBelow(string folder, string nested, IReadOnlyList<string> above)
    {
        var real = RealPath.Of(Path.Combine(_root, folder + nested));
        if (above.Contains(real))
        {
            _ignored.Add($"{Path.Combine(_shown, folder + nested)}: a link that leads back to a folder above it");
            yield break;
        }
        foreach (var file in FilesIn(folder + nested))
        {
            var name = Path.Combine(_shown, folder + nested + file);
            if (PictureReader.IsPicture(file))
                yield return PhotoOf(folder, nested + file, name);
            else
                _ignored.Add($"{name}: no photo by its name");
        }
        NameTools(folder + nested);
        foreach (var photo in FoldersIn(folder + nested).SelectMany(inner => PhotosBelow(folder, $"{nested}{inner}/", [.. above, real])))
            yield return photo;
    }

    private Photo PhotoOf(string folder, string file, string name) =>
        new(name, file, () => _files.Read(folder + file, name), folder + file);

    private bool HasPhoto(string folder) =>
        PicturesIn(folder).Any() || FoldersIn(folder).Any(inner => HasPhoto($"{folder}{inner}/"));

    private IEnumerable<string> PicturesIn(string folder) => FilesIn(folder).Where(PictureReader.IsPicture);

    private IEnumerable<string> FilesIn(string folder) =>
        Names(Directory.EnumerateFiles(Path.Combine(_root, folder), "*", Listing)).Where(name => name[0] != '.');

    private IEnumerable<string> FoldersIn(string folder) =>
        Names(Directory.EnumerateDirectories(Path.Combine(_root, folder), "*", Listing)).Where(name => ToolFolders.NameOf(name) is null);

    private void NameTools(string folder)
    {
        foreach (var name in Names(Directory.EnumerateDirectories(Path.Combine(_root, folder), "*", Listing)))
        {
            if (ToolFolders.NameOf(name) is not { } tool)
                continue;
            var files = ToolFolders.CountFiles(Path.Combine(_root, folder, name));
            _ignored.Add($"{Path.Combine(_shown, folder, name)}: {tool}, no class; {(files == 1 ? "1 file" : $"{files} files")} in it");
        }
    }

    // The order decides which class has which index: it may not depend on the file system or the locale.
    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Select(path => Path.GetFileName(path)!).Order(CodePointOrder.Instance);
}
