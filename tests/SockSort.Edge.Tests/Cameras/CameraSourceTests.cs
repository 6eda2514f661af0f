using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class CameraSourceTests
{
    [Theory]
    [InlineData("nowhere/socks")]
    [InlineData("/dev/video99")]
    public void A_source_that_does_not_exist_is_an_error_that_lists_the_kinds(string source)
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open(source, new CameraOptions()));

        Assert.Equal(
            $"camera '{source}' does not exist: give a folder of pictures, a GIF, a video file, /dev/video0, rtsp://HOST/PATH or synthetic:SEED",
            error.Message);
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

        var error = Assert.Throws<CameraException>(() => CameraSource.Open(folder.Path, new CameraOptions { FrameTimeout = TimeSpan.FromSeconds(seconds) }));

        Assert.Equal($"a frame timeout of {seconds} s is out of range: give more than 0, at most 86400", error.Message);
    }
}
