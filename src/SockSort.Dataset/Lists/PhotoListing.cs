namespace SockSort.Dataset.Lists;

/// <summary>The photos under a root and the labels of their folders, in im2rec's order.</summary>
public sealed class PhotoListing
{
    private readonly HashSet<string> _extensions;
    private readonly List<ListedPhoto> _photos = [];
    private readonly List<string> _folders = [];
    private readonly List<string> _problems = [];

    private PhotoListing(IEnumerable<string> extensions) => _extensions = [.. extensions];

    /// <summary>The suffixes that im2rec looks for by default.</summary>
    public static IReadOnlyList<string> DefaultExtensions { get; } = [".jpeg", ".jpg", ".png"];

    /// <summary>The photos in the order found; ids count it.</summary>
    public IReadOnlyList<ListedPhoto> Photos => _photos;

    /// <summary>
    /// The folder of each label, relative to the root; the root itself is <c>.</c>. Empty where subfolders were not looked into.
    /// </summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>
    /// What was left out, with the reason: links in a circle, names that a list cannot hold, folders that cannot be opened.
    /// </summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>
    /// Photos of all folders under <paramref name="root"/>, each folder with a label of its own. Symbolic links are followed; hidden files
    /// count.
    /// </summary>
    /// <param name="root">A folder; where it does not exist there are no photos.</param>
    /// <param name="extensions">
    /// With the point; compared with the file's lower-cased extension, so they are to be lower case themselves.
    /// </param>
    public static PhotoListing Recursive(string root, IEnumerable<string> extensions)
    {
        var listing = new PhotoListing(extensions);
        if (Directory.Exists(root))
            listing.Walk(Path.GetFullPath(root), "");
        return listing;
    }

    /// <summary>Photos in <paramref name="root"/> itself, label 0.</summary>
    /// <exception cref="DirectoryNotFoundException">The root does not exist.</exception>
    public static PhotoListing Flat(string root, IEnumerable<string> extensions)
    {
        var listing = new PhotoListing(extensions);
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"the folder of the photos, {root}, does not exist");
        var (files, _) = FolderEntries.Of(root);
        foreach (var file in files)
            listing.Add(0, "", file);
        return listing;
    }

    /// <summary>Lists as <see cref="Recursive"/> (or <see cref="Flat"/>) does, over the files of a storage.</summary>
    /// <param name="keys">Paths with <c>/</c>, in any order.</param>
    /// <param name="extensions">See there.</param>
    /// <param name="recursive">Whether folders are looked into.</param>
    public static PhotoListing OfKeys(IEnumerable<string> keys, IEnumerable<string> extensions, bool recursive)
    {
        var listing = new PhotoListing(extensions);
        var tree = new KeyTree(keys);
        if (recursive)
            listing.Walk(tree, "");
        else
            tree.Files.ForEach(file => listing.Add(0, "", file));
        return listing;
    }

    private void Walk(KeyTree folder, string relative)
    {
        AddFolder(relative, folder.Files);
        foreach (var (name, inner) in folder.Folders)
            Walk(inner, $"{relative}{name}/");
    }

    private void Walk(string folder, string relative)
    {
        if (!TryList(folder, out var files, out var folders))
            return;
        AddFolder(relative, files);
        foreach (var inner in folders)
        {
            var path = Path.Combine(folder, inner);
            if (LeadsBackTo(path, folder))
                _problems.Add($"{path}: the symbolic link leads back to a folder above it; not followed");
            else
                Walk(path, relative + inner + "/");
        }
    }

    private void AddFolder(string relative, List<string> files)
    {
        var label = -1;
        foreach (var file in files)
        {
            if (IsPhoto(file) && label < 0)
                label = NewLabel(relative);
            Add(label, relative, file);
        }
    }

    private bool TryList(string folder, out List<string> files, out List<string> folders)
    {
        try
        {
            (files, folders) = FolderEntries.Of(folder);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{folder}: the folder cannot be listed: {error.Message}");
            files = folders = [];
            return false;
        }
    }

    private int NewLabel(string relative)
    {
        _folders.Add(relative.Length == 0 ? "." : relative[..^1]);
        return _folders.Count - 1;
    }

    private void Add(int label, string relative, string file)
    {
        if (!IsPhoto(file))
            return;
        var path = relative + file;
        if (path.AsSpan().IndexOfAny("\t\n\r\ufffd") >= 0)
            _problems.Add(
                $"{path.ReplaceLineEndings("?")}: a list cannot hold this name (TAB, line end or bytes that are not UTF-8); rename it");
        else
            _photos.Add(new ListedPhoto(_photos.Count, label, path));
    }

    /// <summary>Goes by the suffix of Python's <c>splitext</c>: what follows the last point, unless only points come before it.</summary>
    private bool IsPhoto(string file)
    {
        var point = file.LastIndexOf('.');
        return point > 0 && file.AsSpan(0, point).IndexOfAnyExcept('.') >= 0 && _extensions.Contains(file[point..].ToLowerInvariant());
    }

    private static bool LeadsBackTo(string path, string folder)
    {
        if (new DirectoryInfo(path).LinkTarget is null)
            return false;
        var target = RealPath.Of(path);
        return RealPath.IsWithin(RealPath.Of(folder), target);
    }
}
