using NetVips;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class GifTests : IDisposable
{
    private static readonly CameraOptions Unpaced = new() { Fps = 0 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_gif_shows_all_its_frames()
    {
        await using var camera = CameraSource.Open(WriteGif(), Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal([("socks.gif#1", 0), ("socks.gif#2", 1), ("socks.gif#3", 2), ("socks.gif#4", 3)],
            frames.Select(frame => (frame.Name, Pictures.ColourOf(frame.Picture))));
        Assert.All(frames, frame => Assert.Equal((Pictures.Width, Pictures.Height), (frame.Picture.Width, frame.Picture.Height)));
    }

    [Fact]
    public async Task A_gif_that_stores_only_what_changed_shows_whole_frames()
    {
        var ffmpeg = Programs.Find("ffmpeg");
        var path = _folder.File("moving.gif");
        Pictures.RunFfmpeg(
            ffmpeg, "-f", "lavfi", "-i", "color=c=0xdc1e1e:s=64x36:r=5:d=1", "-f", "lavfi", "-i", "color=c=0x283cd2:s=8x8:r=5:d=1",
            "-filter_complex", "[0][1]overlay=x=t*20:y=2", path);
        await using var camera = CameraSource.Open(path, Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(5, frames.Count);
        Assert.All(frames, frame => Assert.Equal(0, Pictures.ColourOf(frame.Picture)));
    }

    [Fact]
    public async Task Transparency_in_a_gif_is_laid_on_white()
    {
        var path = _folder.File("transparent.gif");
        using (var picture = Image.Black(4, 4, bands: 4))
        using (var clear = picture.Copy(interpretation: Enums.Interpretation.Srgb))
            clear.WriteToFile(path);
        await using var camera = CameraSource.Open(path, Unpaced);

        var frame = Assert.Single(await Pictures.ReadAllAsync(camera));

        Assert.All(frame.Picture.Rgb, value => Assert.Equal(255, value));
    }

    [Fact]
    public void A_file_that_only_bears_the_name_of_a_gif_is_an_error()
    {
        var path = _folder.Write("text.gif", "GIF? no");

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(path, Unpaced));

        Assert.StartsWith($"camera '{path}' is no readable GIF (", error.Message);
    }

    [Fact]
    public void A_gif_that_claims_more_pixels_than_are_read_is_an_error()
    {
        var path = WriteGif();
        var bytes = File.ReadAllBytes(path);
        // Width and height of the screen stand behind the six letters of the format.
        bytes.AsSpan(6, 4).Fill(0xff);
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(path, Unpaced));

        Assert.StartsWith($"camera '{path}' is no readable GIF (65535 x 65535 pixels are too many: ", error.Message);
    }

    [Fact]
    public async Task A_gif_that_is_cut_off_shows_the_frames_before_the_cut()
    {
        var path = WriteGif();
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length * 3 / 4)], TestContext.Current.CancellationToken);
        await using var camera = CameraSource.Open(path, Unpaced);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.InRange(frames.Count, 1, 3);
        Assert.Equal(Enumerable.Range(0, frames.Count), frames.Select(frame => Pictures.ColourOf(frame.Picture)));
    }

    private string WriteGif()
    {
        var path = _folder.File("socks.gif");
        using var frames = Image.Arrayjoin(
            [
                .. Pictures.Colours.Select(
                    colour => Image.NewFromMemory(Pictures.Plain(colour).Rgb, Pictures.Width, Pictures.Height, 3, Enums.BandFormat.Uchar)),
            ],
            across: 1);
        using var animation = frames.Mutate(image => image.Set(GValue.GIntType, "page-height", Pictures.Height));
        animation.WriteToFile(path);
        return path;
    }
}
