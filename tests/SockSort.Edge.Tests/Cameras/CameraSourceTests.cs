using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class CameraSourceTests
{
    [Fact]
    public void A_source_that_does_not_exist_is_an_error_that_lists_the_kinds()
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open("nowhere/socks", new CameraOptions()));

        Assert.Equal(
            "camera 'nowhere/socks' does not exist: give a folder of pictures, a picture, a GIF, a video file, a video "
                + "device as /dev/video0, "
            + "rtsp://HOST/PATH, rtmp://HOST/PATH, http://HOST/PATH (MJPEG, a snapshot, HLS or a video; https:// too), "
            + "browser (a phone, through a page of the live view) or synthetic:SEED",
            error.Message);
    }

    [Fact]
    public void A_device_that_does_not_exist_is_an_error_that_tells_the_devices_that_do()
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open("/dev/video99", new CameraOptions()));

        Assert.Matches(
            "^camera '/dev/video99' does not exist: this machine has (no video device: is the camera plugged in|/dev/video)",
            error.Message);
    }

    [Fact]
    public void A_picture_that_is_a_named_pipe_is_an_error()
    {
        using var folder = new TempFolder();
        NamedPipe.Make(folder.File("1.png"));

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(folder.File("1.png"), new CameraOptions()));

        Assert.StartsWith($"camera '{folder.File("1.png")}' is a named pipe, no regular file: give ", error.Message);
    }

    [Theory]
    [InlineData("synthetic:1")]
    [InlineData("http://127.0.0.1/socks")]
    [InlineData("nowhere/socks")]
    public void Only_a_folder_can_be_followed(string source)
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open(source, new CameraOptions { Follow = true }));

        Assert.Equal($"camera '{source}' is no folder: only a folder of pictures takes new ones as they come (--follow)", error.Message);
    }

    [Fact]
    public void An_address_of_an_unknown_kind_is_an_error()
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open("gopher://host/socks", new CameraOptions()));

        Assert.StartsWith("camera 'gopher://host/socks': addresses of kind gopher:// are not read; give ", error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(241)]
    [InlineData(double.NaN)]
    public void A_rate_out_of_range_is_an_error(double fps)
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(folder.Path, new CameraOptions { Fps = fps }));

        Assert.Equal($"{fps} frames per second are out of range: give 0 (as fast as possible) to 240", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void A_frame_timeout_out_of_range_is_an_error(int seconds)
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<CameraException>(
            () => CameraSource.Open(folder.Path, new CameraOptions { FrameTimeout = TimeSpan.FromSeconds(seconds) }));

        Assert.Equal($"a frame timeout of {seconds} s is out of range: give more than 0, at most 86400", error.Message);
    }
}
