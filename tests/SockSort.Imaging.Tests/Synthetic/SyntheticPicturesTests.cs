using SockSort.Imaging.Synthetic;
using SockSort.Testing;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class SyntheticPicturesTests
{
    [Fact]
    public void Class_folders_hold_numbered_photos_of_the_same_bytes_each_time()
    {
        using var folder = new TempFolder();
        using var world = new PhotoWorld(seed: 1, classes: 2);

        var count = SyntheticPictures.WriteClasses(world, perClass: 2, folder.File("one"), null, TestContext.Current.CancellationToken);
        SyntheticPictures.WriteClasses(world, perClass: 2, folder.File("two"), null, TestContext.Current.CancellationToken);

        var names = world.Designs.SelectMany(design => new[] { $"{design.Folder}/000.jpg", $"{design.Folder}/001.jpg" })
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(4, count);
        Assert.Equal(names, FilesIn(folder.File("one")));
        Assert.All(
            names, name => Assert.Equal(File.ReadAllBytes(folder.File($"one/{name}")), File.ReadAllBytes(folder.File($"two/{name}"))));
    }

    [Fact]
    public void Frames_stand_beside_their_labels()
    {
        using var folder = new TempFolder();
        (Frame, string)[] frames = [(new Frame(20, 10), "Dots"), (new Frame(20, 10), "Blank")];

        SyntheticPictures.WriteFrames(frames, folder.Path, null, TestContext.Current.CancellationToken);

        Assert.Equal(["frame_000.jpg", "frame_001.jpg", "labels.csv"], FilesIn(folder.Path));
        Assert.Equal("frame,label\nframe_000.jpg,Dots\nframe_001.jpg,Blank\n", File.ReadAllText(folder.File("labels.csv")));
    }

    [Fact]
    public void Cancelled_it_ends_before_the_next_picture()
    {
        using var folder = new TempFolder();
        using var cancelled = new CancellationTokenSource();
        var progress = new CancelAt(1, cancelled);

        Assert.Throws<OperationCanceledException>(
            () => SyntheticPictures.WriteFrames(Enumerable.Repeat((new Frame(20, 10), "Dots"), 9), folder.Path, progress, cancelled.Token));

        Assert.Equal(["frame_000.jpg", "labels.csv"], FilesIn(folder.Path));
    }

    private static List<string> FilesIn(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal),
        ];

    private sealed class CancelAt(int count, CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == count)
                source.Cancel();
        }
    }
}
