using SockSort.Dataset.Lists;
using SockSort.Dataset.Photos;

namespace SockSort.Dataset.Checking;

/// <summary>Says what a photo is for: by lists, or by the name of its top folder.</summary>
internal sealed class SplitOfPhotos
{
    private readonly Dictionary<string, SortedSet<string>>? _byPath;

    /// <exception cref="IOException">A list cannot be read.</exception>
    public SplitOfPhotos(string? listPrefix)
    {
        if (listPrefix is null)
            return;
        _byPath = [];
        foreach (var list in ListFinder.Find(listPrefix))
            ReadList(list, _byPath);
    }

    /// <param name="path">As a list has it; null where it is not known.</param>
    public string? Of(string? path)
    {
        if (path is null)
            return null;
        if (_byPath is not null)
            return AllOf(path).FirstOrDefault();
        return path.IndexOf('/') is > 0 and var end ? SplitNames.Of(path[..end]) : null;
    }

    /// <summary>What the lists together say it is for, in the order of the names; more than one where two lists name it.</summary>
    public IReadOnlyList<string> AllOf(string? path) =>
        path is not null && _byPath?.GetValueOrDefault(path) is { } splits ? [.. splits] : [];

    private static void ReadList(string path, Dictionary<string, SortedSet<string>> byPath)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (SplitNames.Of(name[(name.LastIndexOf('_') + 1)..]) is not { } split)
            return;
        using var reader = ListReader.Open(path);
        while (reader.TryRead(out var line, out _))
        {
            if (line is null)
                continue;
            if (!byPath.TryGetValue(line.Path, out var splits))
                byPath[line.Path] = splits = new(StringComparer.Ordinal);
            _ = splits.Add(split);
        }
    }
}
