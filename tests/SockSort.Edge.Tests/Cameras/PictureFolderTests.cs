using System.Net.Sockets;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class PictureFolderTests : IDisposable
{
    private static readonly CameraOptions Unpaced = new() { Fps = 0 };

    private readonly TempFolder _folder = new();

    public PictureFolderTests() => Pictures.WriteFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_shows_its_pictures_in_the_order_of_their_names()
    {
        await using var camera = CameraSource.Open(_folder.Path, Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal([(1, "1.png", 0), (2, "2.png", 1), (3, "3.png", 2), (4, "4.png", 3)],
            frames.Select(frame => ((int)frame.Number, frame.Name, Pictures.ColourOf(frame.Picture))));
        Assert.Equal(new CameraCounts(Frames: 4, Skipped: 0, Dropped: 0), camera.Counts);
    }

    [Fact]
    public async Task Labels_csv_tells_the_truth_of_the_frames_that_it_names()
    {
        _folder.Write("labels.csv", "frame,label\n1.png,Google\n3.png,Running Science\n9.png,Mongo\n\n");
        await using var camera = CameraSource.Open(_folder.Path, Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(["Google", null, "Running Science", null], frames.Select(frame => frame.Truth));
    }

    [Fact]
    public void Labels_csv_without_a_label_column_is_an_error_with_its_line()
    {
        var path = _folder.Write("labels.csv", "frame,sock\n1.png,Google\n");

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(_folder.Path, Unpaced));

        Assert.Equal($"{path}:1: no column 'label': the header must hold frame,label", error.Message);
    }

    [Fact]
    public void A_line_of_labels_csv_without_a_label_is_an_error_with_its_line()
    {
        var path = _folder.Write("labels.csv", "frame,label\n1.png,Google\n2.png\n");

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(_folder.Path, Unpaced));

        Assert.Equal($"{path}:3: 1 cells where the header has 2", error.Message);
    }

    [Fact]
    public async Task Given_loop_expect_the_pictures_again_with_numbers_that_go_on()
    {
        await using var camera = CameraSource.Open(_folder.Path, Unpaced with { Loop = true });
        List<(long, string)> seen = [];

        for (var count = 0; count < 6; count++)
        {
            var frame = await camera.NextAsync(TestContext.Current.CancellationToken);
            seen.Add((frame!.Number, frame.Name));
        }

        Assert.Equal([(1, "1.png"), (2, "2.png"), (3, "3.png"), (4, "4.png"), (5, "1.png"), (6, "2.png")], seen);
    }

    [Fact]
    public async Task An_unreadable_picture_is_named_skipped_and_counted_once()
    {
        _folder.Write("2.png", "this is text");
        await using var camera = CameraSource.Open(_folder.Path, Unpaced with { Loop = true });
        List<SkippedPicture> skipped = [];
        camera.Skipped += skipped.Add;
        List<string> seen = [];

        for (var count = 0; count < 6; count++)
            seen.Add((await camera.NextAsync(TestContext.Current.CancellationToken))!.Name);

        Assert.Equal(["1.png", "3.png", "4.png", "1.png", "3.png", "4.png"], seen);
        Assert.Equal("2.png", Assert.Single(skipped).Name);
        Assert.NotEmpty(skipped[0].Problem);
        Assert.Equal(new CameraCounts(Frames: 6, Skipped: 1, Dropped: 0), camera.Counts);
    }

    [Fact]
    public async Task A_folder_in_which_nothing_can_be_read_is_an_error_that_names_the_first_picture()
    {
        foreach (var name in new[] { "1.png", "2.png", "3.png", "4.png" })
            _folder.Write(name, "this is text");
        await using var camera = CameraSource.Open(_folder.Path, Unpaced with { Loop = true });

        var error = await Assert.ThrowsAsync<CameraException>(() => camera.NextAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.StartsWith($"camera '{_folder.Path}': none of its 4 pictures can be read; the first, 1.png: ", error.Message);
    }

    [Fact]
    public async Task What_is_no_regular_file_is_named_skipped_and_counted()
    {
        File.Delete(_folder.File("1.png"));
        NamedPipe.Make(_folder.File("1.png"));
        File.Delete(_folder.File("2.png"));
        Directory.CreateDirectory(_folder.File("2.png"));
        File.CreateSymbolicLink(_folder.File("5.png"), _folder.File("nowhere"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("6.png")));
        await using var camera = CameraSource.Open(_folder.Path, Unpaced);
        List<string> skipped = [];
        camera.Skipped += picture => skipped.Add($"{picture.Name}: {picture.Problem}");

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(["3.png", "4.png"], frames.Select(frame => frame.Name));
        Assert.Equal(
            [
                "1.png: cannot be opened (it is a named pipe, no regular file)",
                "2.png: cannot be opened (it is a folder, no regular file)",
                "5.png: cannot be opened (it is a link to nothing, no regular file)",
                "6.png: cannot be opened (it is a socket, no regular file)",
            ],
            skipped);
        Assert.Equal(new CameraCounts(Frames: 2, Skipped: 4, Dropped: 0), camera.Counts);
    }

    [Fact]
    public async Task Files_of_one_byte_of_100_MB_and_of_3_GB_that_are_no_pictures_are_skipped()
    {
        _folder.Write("5.jpg", "x");
        Stretch("6.jpg", 100L << 20);
        Stretch("7.jpg", 3L << 30);
        await using var camera = CameraSource.Open(_folder.Path, Unpaced);
        List<string> skipped = [];
        camera.Skipped += picture => skipped.Add($"{picture.Name}: {picture.Problem}");

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(["1.png", "2.png", "3.png", "4.png"], frames.Select(frame => frame.Name));
        Assert.Equal(["5.jpg", "6.jpg", "7.jpg"], skipped.Select(text => text.Split(": ")[0]));
        Assert.Equal("7.jpg: cannot be opened (it has 3221225472 bytes, and at most 2147483591 are read)", skipped[2]);
    }

    [Fact]
    public async Task A_labels_csv_that_is_a_named_pipe_is_an_error()
    {
        NamedPipe.Make(_folder.File("labels.csv"));

        var error = await Assert.ThrowsAsync<CameraException>(() => Task.Run(() => CameraSource.Open(_folder.Path, Unpaced)));

        Assert.Equal($"{_folder.File("labels.csv")}: cannot be read (it is a named pipe, no regular file)", error.Message);
    }

    [Fact]
    public void A_folder_without_pictures_is_an_error()
    {
        using var empty = new TempFolder();
        empty.Write("notes.txt", "no picture");

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(empty.Path, Unpaced));

        Assert.StartsWith($"camera '{empty.Path}': the folder holds no picture (", error.Message);
    }

    [Fact]
    public async Task One_picture_is_a_camera_too()
    {
        await using var camera = CameraSource.Open(_folder.File("3.png"), Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal("3.png", Assert.Single(frames).Name);
    }

    [Fact]
    public async Task The_sample_recording_is_read_whole_with_its_truth()
    {
        await using var camera = CameraSource.Open(Repository.Shared("data/sock-camera"), Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(52, frames.Count);
        Assert.Equal([("Google", 16), ("Running Science", 10), ("Confluent", 15), ("Mongo", 11)],
            frames.CountBy(frame => frame.Truth!).Select(pair => (pair.Key, pair.Value)));
    }

    /// <summary>A file of so many zeros, which take no room on the disk.</summary>
    private void Stretch(string name, long bytes)
    {
        using var file = File.Create(_folder.File(name));
        file.SetLength(bytes);
    }
}
