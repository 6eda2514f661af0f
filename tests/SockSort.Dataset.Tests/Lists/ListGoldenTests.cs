using SockSort.Dataset.Lists;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Lists;

/// <summary>The lists that im2rec itself made; each folder under <c>lst/</c> is a case.</summary>
public sealed class ListGoldenTests
{
    public static TheoryData<string> CaseNames => Goldens.Cases("lst");

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Lists_are_byte_for_byte_those_of_im2rec(string name)
    {
        var golden = GoldenRun.Read($"lst/{name}");
        using var folder = new TempFolder();
        var root = golden.PrepareRoot(folder);

        var error = Record.Exception(
            () => WriteLists(golden, root, folder.File(golden.Prefix), integerLabels: name.EndsWith("_master", StringComparison.Ordinal)));

        Assert.Equal(golden.ExitStatus == 0, error is null);
        Assert.Equal(golden.Texts(".lst"), TextsIn(folder.Path));
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Folders_are_printed_with_their_labels_as_by_im2rec(string name)
    {
        var golden = GoldenRun.Read($"lst/{name}");
        using var folder = new TempFolder();
        var root = golden.PrepareRoot(folder);

        var folders = golden.Has("--recursive") ? PhotoListing.Recursive(root, golden.Extensions).Folders : [];

        Assert.Equal(golden.PrintedLines, folders.Select((path, label) => $"{path} {label}"));
    }

    private static void WriteLists(GoldenRun golden, string root, string prefix, bool integerLabels)
    {
        var listing = golden.Has("--recursive")
            ? PhotoListing.Recursive(root, golden.Extensions)
            : PhotoListing.Flat(root, golden.Extensions);
        var split = new ListSplit
        {
            Chunks = (int)golden.Number("--chunks", 1),
            TrainRatio = golden.Number("--train-ratio", 1),
            TestRatio = golden.Number("--test-ratio", 0),
        };
        ListWriter.WriteAll(prefix, listing.Photos, split, !golden.Has("--no-shuffle"), integerLabels);
    }

    private static SortedDictionary<string, string> TextsIn(string folder) => new(
        Directory.GetFiles(folder, "*.lst").ToDictionary(path => Path.GetFileName(path), File.ReadAllText), StringComparer.Ordinal);
}
