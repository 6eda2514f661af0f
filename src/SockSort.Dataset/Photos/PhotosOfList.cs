using SockSort.Dataset.Lists;

namespace SockSort.Dataset.Photos;

/// <summary>Photos that a <c>.lst</c> names; the first label of a line is the class.</summary>
internal static class PhotosOfList
{
    /// <param name="path">The list.</param>
    /// <param name="root">Folder that its paths start from; none may lead out of it.</param>
    /// <param name="shown">How errors call the list.</param>
    /// <param name="shownRoot">How errors call the root.</param>
    /// <exception cref="PhotoSetException">A line has several labels.</exception>
    public static NumberedPhotos Read(string path, string root, string shown, string shownRoot)
    {
        var photos = new NumberedPhotos();
        var files = new PhotoReader(root, allowOutside: false);
        foreach (var (line, problem) in Lines(path))
        {
            if (line is { Labels.Length: > 1 })
                throw PhotoSetErrors.NotOneLabel($"{shown}:{line.Number}", SeveralLabels.Describe(line.Labels));
            if (line is not null)
                photos.Add(line.Labels[0], FolderOf(line.Path), PhotoOf(line, files, shownRoot));
            else if (!problem!.IsBlank)
                photos.Ignored.Add($"{shown}:{problem.Number}: the line {problem.Problem}");
        }
        return photos;
    }

    /// <summary>The paths in the list.</summary>
    public static IEnumerable<string> PathsIn(string path) => Lines(path).Where(row => row.Line is not null).Select(row => row.Line!.Path);

    /// <summary>Reads the paths of a list by their ids; of an id that stands there twice, the last.</summary>
    public static Dictionary<ulong, string> PathsById(string path)
    {
        var paths = new Dictionary<ulong, string>();
        foreach (var (line, _) in Lines(path))
        {
            if (line is not null)
                paths[line.Id] = line.Path;
        }
        return paths;
    }

    /// <summary>Name of the folder that a photo lies in; null where the path has none, or only <c>..</c>.</summary>
    public static string? FolderOf(string path) =>
        Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } folder && !ClassLabel.IsPath(folder) ? folder : null;

    private static Photo PhotoOf(ListLine line, PhotoReader files, string shownRoot)
    {
        var name = Path.Combine(shownRoot, line.Path);
        return new Photo(name, Path.GetFileName(line.Path), () => files.Read(line.Path, name), line.Path);
    }

    private static IEnumerable<(ListLine? Line, ListProblem? Problem)> Lines(string path)
    {
        using var list = ListReader.Open(path, skipsMark: true);
        while (list.TryRead(out var line, out var problem))
            yield return (line, problem);
    }
}
