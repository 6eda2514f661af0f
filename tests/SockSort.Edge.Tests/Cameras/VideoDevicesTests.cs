using SockSort.Edge.Cameras.Sources;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class VideoDevicesTests
{
    [Fact]
    public void Formats_and_sizes_are_read_from_ffmpegs_list()
    {
        var formats = VideoFormats.Parse("""
            [video4linux2,v4l2 @ 0x55d0c8d0b6c0] Compressed:       mjpeg :          Motion-JPEG : 1920x1080 1280x720 640x480
            [video4linux2,v4l2 @ 0x55d0c8d0b6c0] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 320x240
            [video4linux2,v4l2 @ 0x55d0c8d0b6c0] Raw       : Unsupported :   Greyscale 8-bit : {32-2592, 2}x{32-1944, 2}
            /dev/video0: Immediate exit requested
            """);

        Assert.Equal(
            ["mjpeg: 1920x1080,1280x720,640x480", "yuyv422: 640x480,320x240", "Unsupported: {32-2592,2}x{32-1944,2}"],
            formats.Select(format => $"{format.Name}: {string.Join(',', format.Sizes)}"));
    }

    [Fact]
    public async Task Devices_are_listed_by_number_with_name_and_stable_path_and_one_that_is_none_with_the_reason()
    {
        using var root = new TempFolder();
        foreach (var name in new[] { "video10", "video2", "video-loopback", "audio1" })
            root.Write($"dev/{name}", "");
        root.Write("sys/class/video4linux/video2/name", "HD Webcam: HD Webcam\n");
        _ = Directory.CreateDirectory(root.File("dev/v4l/by-id"));
        _ = File.CreateSymbolicLink(root.File("dev/v4l/by-id/usb-HD_Webcam-index0"), "../../video2");

        var devices = await VideoDevices.ListAsync(root.Path, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                (root.File("dev/video2"), "HD Webcam: HD Webcam", root.File("dev/v4l/by-id/usb-HD_Webcam-index0")),
                (root.File("dev/video10"), null, null),
            ], devices.Select(device => (device.Path, device.Name, device.StablePath)));
        Assert.All(devices, device => Assert.Empty(device.Formats));
        Assert.All(devices, device => Assert.NotNull(device.Problem));
    }
}
