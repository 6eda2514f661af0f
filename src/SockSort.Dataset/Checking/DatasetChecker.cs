using System.Globalization;
using SockSort.Dataset.Photos;

namespace SockSort.Dataset.Checking;

/// <summary>Looks at every photo and says what would harm the teaching.</summary>
public static class DatasetChecker
{
    /// <summary>
    /// The photos that training takes from class folders; folders called train, val and test may stand above these.
    /// </summary>
    /// <param name="root">Folder of class folders.</param>
    /// <param name="options">What photos are held against.</param>
    /// <param name="progress">Hears how many are done, and of how many.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="PhotoSetException">The root is absent or not readable, or holds photos but no class folder.</exception>
    public static CheckReport Check(
        string root, CheckOptions options, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var (classes, ignored) = ClassFolders.ReadWithSplits(root, root);
        var photos = classes.SelectMany((known, label) => known.Photos.Select(photo => (ByPath(photo), label))).ToList();
        return Check(Path.GetFullPath(root), photos, label => classes[label].Folder, options, progress, cancellation) with
        {
            Ignored = ignored,
        };
    }

    /// <param name="set">Photos of a list or of records.</param>
    /// <param name="options">What photos are held against.</param>
    /// <param name="progress">Hears how many are done, and of how many.</param>
    /// <param name="cancellation">Ends the check.</param>
    public static CheckReport Check(
        PhotoSet set, CheckOptions options, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var photos = set.Classes.SelectMany((known, label) => known.Photos.Select(photo => (photo, label))).ToList();
        return Check(set.Source, photos, label => set.Classes[label].Folder, options, progress, cancellation) with
        {
            Ignored = set.Ignored,
        };
    }

    /// <summary>A photo of a folder goes by its path in it.</summary>
    private static Photo ByPath(Photo photo) => new(photo.ListedPath!, photo.FileName, photo.Read, photo.ListedPath);

    private static CheckReport Check(
        string name, List<(Photo Photo, int Label)> photos, Func<int, string> folderOf, CheckOptions options, Action<int, int>? progress,
        CancellationToken cancellation)
    {
        var splits = new SplitOfPhotos(options.ListPrefix);
        var facts = new PhotoFacts[photos.Count];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, facts.Length, parallel, i =>
        {
            var (photo, label) = photos[i];
            facts[i] = PhotoExaminer.Examine(photo, folderOf(label), splits.Of(photo.ListedPath));
            progress?.Invoke(Interlocked.Increment(ref done), facts.Length);
        });
        return new CheckReport(name, facts, [.. Findings(facts, splits, options).OrderBy(finding => finding.Kind)]);
    }

    private static IEnumerable<Finding> Findings(PhotoFacts[] facts, SplitOfPhotos splits, CheckOptions options)
    {
        var sound = facts.Where(photo => photo.Problem is null).ToList();
        return facts.Where(photo => photo.Problem is not null).Select(photo => new Finding(FindingKind.Unreadable, [photo], photo.Problem!))
            .Concat(Small(sound, options))
            .Concat(Blurred(sound, options))
            .Concat(InSeveralLists(sound, splits))
            .Concat(Duplicates(sound, options))
            .Concat(Unbalanced(facts, options));
    }

    private static IEnumerable<Finding> Small(List<PhotoFacts> photos, CheckOptions options) => photos
        .Where(photo => Math.Min(photo.Width, photo.Height) < options.SmallestSide)
        .Select(
            photo =>
                new Finding(
                    FindingKind.Tiny, [photo], $"{photo.Width} x {photo.Height} pixels, expected {options.SmallestSide} or more a side"));

    private static IEnumerable<Finding> Blurred(List<PhotoFacts> photos, CheckOptions options) => photos
        .Where(photo => photo.Sharpness < options.LowestSharpness && Math.Min(photo.Width, photo.Height) >= options.SmallestSide)
        .Select(
            photo =>
                new Finding(
                    FindingKind.Blurred,
                    [photo],
                    string.Create(
                        CultureInfo.InvariantCulture, $"sharpness {photo.Sharpness:0.0}, expected {options.LowestSharpness} or more")));

    private static IEnumerable<Finding> InSeveralLists(List<PhotoFacts> photos, SplitOfPhotos splits) => photos
        .Select(photo => (Photo: photo, Lists: splits.AllOf(photo.Photo.ListedPath)))
        .Where(listed => IsTaughtAndTested(listed.Lists))
        .Select(
            listed =>
                new Finding(
                    FindingKind.InTrainAndValidation, [listed.Photo],
                    $"in {string.Join(" and ", listed.Lists)}: the lists name the same file"));

    private static bool IsTaughtAndTested(IReadOnlyList<string> splits) => splits.Count > 1 && splits.Contains(SplitNames.Train);

    private static IEnumerable<Finding> Duplicates(List<PhotoFacts> photos, CheckOptions options)
    {
        var exact = photos.GroupBy(photo => photo.Sha256).Where(group => group.Count() > 1).Select(group => group.ToList()).ToList();
        foreach (var group in exact)
            yield return Group(group, FindingKind.ExactDuplicate, "the files are equal");
        // Of equal files one stands for all, so that only what merely looks the same is left; what shows nothing looks like anything.
        var unlike = photos.DistinctBy(photo => photo.Sha256).Where(photo => photo.Sharpness >= options.LowestSharpness).ToList();
        foreach (var group in NearPairs.Groups(unlike, options.NearBits))
            yield return Group(
                group, FindingKind.NearDuplicate,
                $"the pictures look the same: {group.Skip(1).Min(photo => NearPairs.Distance(group[0], photo))} of 128 bits differ");
    }

    /// <summary>A double is graver where it crosses from teaching to testing, or from class to class.</summary>
    private static Finding Group(List<PhotoFacts> photos, FindingKind kind, string detail)
    {
        var splits = photos.Select(photo => photo.Split).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (IsTaughtAndTested(splits))
            (kind, detail) = (FindingKind.InTrainAndValidation, $"in {string.Join(" and ", splits)}: {detail}");
        else if (photos.Select(photo => ClassOf(photo)).Distinct().Count() > 1)
            (kind, detail) = (
                FindingKind.InTwoClasses,
                $"in {string.Join(" and ", photos.Select(ClassOf).Distinct().Order(StringComparer.Ordinal))}: {detail}");
        return new Finding(kind, photos, detail);
    }

    /// <summary>The last part of the folder: <c>train/class-a</c> and <c>val/class-a</c> are one class.</summary>
    private static string ClassOf(PhotoFacts photo) => photo.Class[(photo.Class.LastIndexOf('/') + 1)..];

    private static IEnumerable<Finding> Unbalanced(PhotoFacts[] photos, CheckOptions options)
    {
        var classes = photos.GroupBy(ClassOf)
            .Select(group => (Name: group.Key, Count: group.Count()))
            .OrderBy(row => row.Name, StringComparer.Ordinal)
            .ToList();
        var most = classes.Count == 0 ? 0 : classes.Max(row => row.Count);
        return classes.Where(row => row.Count < most * options.LeastShare)
            .Select(
                row =>
                    new Finding(
                        FindingKind.Unbalanced, [],
                        $"{row.Name} has {row.Count} photos, the largest class {most}: add photos, or leave some out"));
    }
}
