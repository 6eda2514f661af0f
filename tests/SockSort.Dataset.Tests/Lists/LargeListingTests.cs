using System.Diagnostics;
using SockSort.Dataset.Lists;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Lists;

public sealed class LargeListingTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";

    /// <summary>A million files with <c>SOCKSORT_TESTS=all</c>, twenty thousand else; the limits are per file the same.</summary>
    [Fact]
    public void A_million_files_are_listed_within_half_a_minute_and_half_a_gigabyte()
    {
        var count = Full ? 1_000_000 : 20_000;
        using var folder = new TempFolder();
        for (var i = 0; i < count; i++)
        {
            if (i % 1000 == 0)
                Directory.CreateDirectory(folder.File($"root/class-{i / 1000:0000}"));
            File.WriteAllBytes(folder.File($"root/class-{i / 1000:0000}/photo_{i:0000000}.jpg"), []);
        }
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();

        var listing = PhotoListing.Recursive(folder.File("root"), PhotoListing.DefaultExtensions);
        ListWriter.WriteAll(folder.File("large"), listing.Photos, new ListSplit { TrainRatio = 0.8 });

        Assert.Equal(count, listing.Photos.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(GC.GetTotalMemory(forceFullCollection: false) - before < 500L << 20);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} files: {clock.Elapsed.TotalSeconds:0.0} s, working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }
}
