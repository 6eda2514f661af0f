namespace SockSort.Dataset.Photos;

internal static class PhotoSetErrors
{
    private const string ConvertIt = "read it with the program that made it and save one folder of photos per sock, or pack them with "
        + "'socksort im2rec'";

    private const string OneLabel = "pack the photos again with one number a photo (a .lst with id, class, path; im2rec without "
        + "--pack-label), or save one folder of photos per sock";

    public static PhotoSetException Missing(string root) => new(root, "no such folder, expected one folder of photos per sock in it");

    public static PhotoSetException NoFile(string path) => new(path, "no such file, expected a folder of photos, a .lst or a .rec");

    public static PhotoSetException NoFolder(string path, string? kind) =>
        new(path, $"is {kind ?? "a file"}, expected a folder of photos, a .lst or a .rec; {ConvertIt}");

    public static PhotoSetException NoRecords(string path, string kind) => new(path, $"is {kind}, no RecordIO of im2rec; {ConvertIt}");

    public static PhotoSetException NotReadable(string root, Exception cause) => new(root, $"cannot be read ({cause.Message})");

    public static PhotoSetException NoClass(string source) =>
        new(source, "holds no class of photos: make one folder of photos per sock (class-google, class-mongo)");

    /// <param name="source">A list or record file.</param>
    /// <param name="ignored">What was left out, each with its reason.</param>
    public static PhotoSetException NothingOf(string source, IReadOnlyList<string> ignored)
    {
        if (ignored.Count == 0)
            return new(source, "is empty, expected photos with their classes");
        var first = ignored[0].StartsWith(source, StringComparison.Ordinal) ? ignored[0][source.Length..].TrimStart(':', ' ') : ignored[0];
        var more = ignored.Count == 1 ? "" : $"; and {ignored.Count - 1} more";
        return new(source, $"holds no photo that can be used: {first}{more}");
    }

    /// <param name="folder">Where they lie.</param>
    /// <param name="photos">Their names.</param>
    public static PhotoSetException Flat(string folder, IReadOnlyList<string> photos)
    {
        var groups = photos.GroupBy(SockOf, StringComparer.OrdinalIgnoreCase).Where(group => group.Key.Length > 0)
            .Select(group => (Name: group.Key.ToLowerInvariant(), Count: group.Count()))
            .OrderBy(group => group.Name, StringComparer.Ordinal)
            .ToArray();
        var isTelling = groups.Length > 1 && groups.Sum(group => group.Count) == photos.Count && groups.Length < photos.Count;
        var example = isTelling
            ? $" (by their names {string.Join(", ", groups.Take(8).Select(group => $"class-{group.Name} with {group.Count}"))}: "
                + $"mkdir class-{groups[0].Name}; mv {groups[0].Name}* class-{groups[0].Name}; ...)"
            : " (class-google, class-mongo)";
        var count = photos.Count == 1 ? "its photo lies" : $"its {photos.Count} photos lie";
        return new(folder, $"{count} loose in it, in no class folder: make one folder of photos per sock and move them there{example}");
    }

    public static PhotoSetException Splits(string root, IReadOnlyList<string> splits)
    {
        var taught = splits.FirstOrDefault(name => SplitNames.Of(name) == SplitNames.Train) ?? splits[0];
        var judged = splits.FirstOrDefault(name => name != taught);
        var advice = judged is null ? "" : $", and {Path.Combine(root, judged)} as what it is judged by";
        return new(root, $"holds the folders {string.Join(", ", splits)} above the classes: give {Path.Combine(root, taught)}{advice}");
    }

    public static PhotoSetException SameLabel(string source, string label, string first, string second) =>
        new(source, $"the folders '{first}' and '{second}' both mean the label '{label}'; rename one");

    public static PhotoSetException PathLabel(string folder, string label) =>
        new(folder, $"its label would be '{label}', which reads as a path; rename the folder, as in class-google");

    public static PhotoSetException NoLabel(string folder) =>
        new(folder, "the name leaves no label; rename the folder, as in class-google");

    /// <param name="place">The record or line.</param>
    /// <param name="what">What its numbers are.</param>
    public static PhotoSetException NotOneLabel(string place, string what) => new(place, $"{what}; {OneLabel}");

    public static PhotoSetException NameMissing(string source, int number, string names, int count) =>
        new(source, $"has photos of the class {number}, but {names} names {count} classes, 0 to {count - 1}: one line a class, from 0");

    /// <summary>The sock that a file's name begins with: <c>google.1.jpg</c>, <c>google_2.jpg</c>, <c>google (3).jpg</c>.</summary>
    private static string SockOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var end = name.AsSpan().IndexOfAny("0123456789.(");
        return (end < 0 ? name : name[..end]).Trim(' ', '-', '_', '.');
    }
}
