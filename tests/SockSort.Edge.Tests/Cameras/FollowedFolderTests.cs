using System.Collections.Concurrent;
using SockSort.Edge.Cameras;
using SockSort.Imaging.Encoding;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class FollowedFolderTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<SkippedPicture> _skipped = new();
    private ICamera? _camera;
    private string? _lastProblem;

    public async ValueTask DisposeAsync()
    {
        if (_camera is not null)
            await _camera.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pictures_that_are_there_come_in_the_order_of_their_names_and_new_ones_as_they_come()
    {
        Pictures.WriteFolder(_folder.Path);
        _folder.Write("labels.csv", "frame,label\n2.png,Google\n");
        Open();
        List<CameraFrame> seen = [await NextAsync(), await NextAsync(), await NextAsync(), await NextAsync()];

        _folder.Write("labels.csv", "frame,label\n2.png,Google\n0.png,Mongo\n");
        Write("0.png", colour: 3);
        seen.Add(await NextAsync());

        Assert.Equal(["1.png", "2.png", "3.png", "4.png", "0.png"], seen.Select(frame => frame.Name));
        Assert.Equal([null, "Google", null, null, "Mongo"], seen.Select(frame => frame.Truth));
    }

    [Fact]
    public async Task An_empty_folder_is_waited_at_and_a_picture_that_is_moved_there_is_taken()
    {
        using var elsewhere = new TempFolder();
        Open();
        var waiting = NextAsync();
        var path = elsewhere.File("1.png");
        File.WriteAllBytes(path, PngOf(2));

        File.Move(path, _folder.File("1.png"));

        Assert.Equal(("1.png", 2), NameAndColour(await waiting));
    }

    [Fact]
    public async Task A_picture_is_taken_when_its_writer_is_done_and_not_before()
    {
        Open();
        var waiting = NextAsync();
        var png = PngOf(1);
        await using (var slow = new FileStream(_folder.File("1.png"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            await slow.WriteAsync(png.AsMemory(0, png.Length / 2), TestContext.Current.CancellationToken);
            await slow.FlushAsync(TestContext.Current.CancellationToken);
            Write("2.png", colour: 2);
            Assert.Equal(("2.png", 2), NameAndColour(await waiting));
            await slow.WriteAsync(png.AsMemory(png.Length / 2), TestContext.Current.CancellationToken);
        }

        Assert.Equal(("1.png", 1), NameAndColour(await NextAsync()));
    }

    [Fact]
    public async Task A_picture_that_is_written_again_is_taken_again_and_one_whose_time_was_set_is_not()
    {
        Write("latest.png", colour: 0);
        Open();
        var first = await NextAsync();
        File.SetLastWriteTimeUtc(_folder.File("latest.png"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Write("touched.png", colour: 1);
        var second = await NextAsync();

        Write("latest.png", colour: 2);
        var third = await NextAsync();

        Assert.Equal([("latest.png", 0), ("touched.png", 1), ("latest.png", 2)], new[] { first, second, third }.Select(NameAndColour));
    }

    [Fact]
    public async Task What_is_no_regular_file_and_what_is_no_picture_is_named_and_counted_once()
    {
        NamedPipe.Make(_folder.File("1.jpg"));
        Directory.CreateDirectory(_folder.File("2.jpg"));
        File.CreateSymbolicLink(_folder.File("3.jpg"), _folder.File("nowhere"));
        _folder.Write("4.jpg", "this is text");
        _folder.Write(".5.jpg", "another program's own");
        _folder.Write("6.txt", "no picture by its name");
        Open();
        var waiting = NextAsync();
        await Eventually.TrueAsync(() => _skipped.Count == 4, "all four are named");

        Write("7.png", colour: 3);

        Assert.Equal("7.png", (await waiting).Name);
        Assert.Equal(
            [
                ("1.jpg", "it is a named pipe, no regular file"),
                ("2.jpg", "it is a folder, no regular file"),
                ("3.jpg", "it is a link to nothing, no regular file"),
                ("4.jpg", "not a picture of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC, BMP)"),
            ],
            _skipped.Select(picture => (picture.Name, picture.Problem)).Order());
        Assert.Equal(new CameraCounts(Frames: 1, Skipped: 4, Dropped: 0), _camera!.Counts);
    }

    [Fact]
    public async Task A_folder_that_goes_away_is_waited_for_and_shows_no_picture_twice()
    {
        Write("1.png", colour: 0);
        Open();
        _ = await NextAsync();
        var waiting = NextAsync();

        Directory.Move(_folder.Path, _folder.Path + ".away");
        await Eventually.TrueAsync(() => _camera!.Status.State == CameraState.Away, "the folder is away");
        Directory.Move(_folder.Path + ".away", _folder.Path);
        Write("2.png", colour: 1);

        Assert.Equal(("2.png", 1), NameAndColour(await waiting));
        Assert.StartsWith("the folder cannot be read: ", _lastProblem);
    }

    private static (string, int) NameAndColour(CameraFrame frame) => (frame.Name, Pictures.ColourOf(frame.Picture));

    private static byte[] PngOf(int colour) => PngWriter.Encode(Pictures.Plain(Pictures.Colours[colour]));

    private void Open()
    {
        _camera = CameraSource.Open(_folder.Path, new CameraOptions { Fps = 0, Follow = true });
        _camera.Skipped += _skipped.Enqueue;
        _camera.StatusChanged += status => _lastProblem = status.Problem ?? _lastProblem;
    }

    private void Write(string name, int colour) => File.WriteAllBytes(_folder.File(name), PngOf(colour));

    private async Task<CameraFrame> NextAsync() =>
        (await _camera!.NextAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)))!;
}
