using System.Globalization;
using System.Text;
using SockSort.Shared;

namespace SockSort.Dataset.Lists;

/// <summary>Writes <c>.lst</c> files: <c>id TAB label TAB path LF</c>, UTF-8 without a mark.</summary>
public static class ListWriter
{
    /// <summary>The seed that im2rec shuffles with.</summary>
    public const uint ShuffleSeed = 100;

    /// <summary>Writes all lists of a listing and returns their paths; each appears under its name only when it is whole.</summary>
    /// <param name="prefix">Path without <c>.lst</c>; its folder exists.</param>
    /// <param name="photos">In the order found.</param>
    /// <param name="split">Into which files they go.</param>
    /// <param name="shuffle">Whether they are shuffled first, as Python's <c>random.seed(100)</c> does it.</param>
    /// <param name="integerLabels">
    /// Whether labels are written as im2rec of MXNet's master branch does: <c>4</c> in place of <c>4.000000</c>.
    /// </param>
    /// <exception cref="IOException">A list cannot be written.</exception>
    public static IReadOnlyList<string> WriteAll(
        string prefix, IReadOnlyList<ListedPhoto> photos, ListSplit split, bool shuffle = true, bool integerLabels = false)
    {
        ListedPhoto[] ordered = [.. photos];
        if (shuffle)
            new MersenneTwister(ShuffleSeed).Shuffle<ListedPhoto>(ordered);
        var paths = new List<string>();
        foreach (var (suffix, range) in split.Files(ordered.Length))
        {
            var path = $"{prefix}{suffix}.lst";
            Write(path, ordered.AsSpan(range), integerLabels);
            paths.Add(path);
        }
        return paths;
    }

    private static void Write(string path, ReadOnlySpan<ListedPhoto> photos, bool integerLabels)
    {
        using var file = PartialFile.Create(path);
        using (var text = new StreamWriter(file.Stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true))
        {
            foreach (var photo in photos)
                text.Write(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{photo.Id}\t{photo.Label}{(integerLabels ? "" : ".000000")}\t{photo.Path}\n"));
        }
        file.Finish();
        file.Publish();
    }
}
