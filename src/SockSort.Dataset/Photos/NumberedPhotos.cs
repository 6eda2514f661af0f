using System.Globalization;

namespace SockSort.Dataset.Photos;

/// <summary>Photos whose class is a number, as lists and records have it; grouped into classes with names where they are known.</summary>
internal sealed class NumberedPhotos
{
    private const int MostClasses = 1_000_000;

    private readonly SortedDictionary<int, List<(Photo Photo, string? Folder)>> _byLabel = [];

    /// <summary>What was left out, each with its reason.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Whether nothing was added so far.</summary>
    public bool IsEmpty => _byLabel.Count == 0;

    /// <param name="label">As in the list or the record; what is no whole number from 0 is left out.</param>
    /// <param name="folder">Name of the folder that the photo came from; null where it is not known.</param>
    /// <param name="photo">The photo.</param>
    public void Add(float label, string? folder, Photo photo)
    {
        if (!(label >= 0 && label < MostClasses && label == MathF.Floor(label)))
        {
            Ignored.Add(string.Create(CultureInfo.InvariantCulture, $"{photo.Name}: the label {label} is no class, expected 0, 1, 2, ..."));
            return;
        }
        if (!_byLabel.TryGetValue((int)label, out var photos))
            _byLabel[(int)label] = photos = [];
        photos.Add((photo, folder));
    }

    /// <summary>
    /// The classes in the order of the numbers. A class has its folder's name where all its photos came from one folder that no other
    /// class has.
    /// </summary>
    /// <param name="source">How errors call the list or the records.</param>
    /// <param name="names">The classes' names, index = number; null = by their folders.</param>
    /// <exception cref="PhotoSetException">There are names, and none for a number.</exception>
    public IReadOnlyList<PhotoClass> Classes(string source, ClassNames? names)
    {
        if (_byLabel.Count == 0)
            throw PhotoSetErrors.NothingOf(source, Ignored);
        return names is null ? ByFolders() : [.. _byLabel.Select(known => ClassOf(known.Key, names.Of(known.Key, source)))];
    }

    private PhotoClass ClassOf(int number, string name) =>
        new(name, name, [.. _byLabel[number].Select(photo => photo.Photo)]) { Number = number };

    private IReadOnlyList<PhotoClass> ByFolders()
    {
        var folders = _byLabel.ToDictionary(known => known.Key, known => known.Value.Select(photo => photo.Folder).Distinct().ToArray());
        var named = folders.Values.All(names => names is [{ Length: > 0 }])
            && folders.Values.Select(names => ClassLabel.Of(names[0]!)).Distinct(StringComparer.Ordinal).Count() == folders.Count;
        return [.. _byLabel.Select(known =>
        {
            var folder = named ? folders[known.Key][0]! : string.Create(CultureInfo.InvariantCulture, $"class-{known.Key}");
            return new PhotoClass(folder, ClassLabel.Of(folder), [.. known.Value.Select(photo => photo.Photo)])
            {
                Number = known.Key,
                IsNamed = named,
            };
        })];
    }
}
