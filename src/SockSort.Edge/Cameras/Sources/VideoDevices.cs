using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Finds the video devices of this machine (V4L2).</summary>
internal static class VideoDevices
{
    private const string Names = "/sys/class/video4linux";

    /// <summary>
    /// Whether a path means a device: it leads to one, or lies in <c>/dev</c> and does not exist. Files in <c>/dev/shm</c> are no devices.
    /// </summary>
    public static bool IsDevice(string path) =>
        RegularFile.OtherKindOf(path) == "a device" || (path.StartsWith("/dev/", StringComparison.Ordinal) && !File.Exists(path));

    /// <exception cref="CameraException">The device does not exist.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
            throw CameraErrors.MissingDevice(path, List());
    }

    /// <summary>Lists the existing devices, for example <c>/dev/video2 (HD Webcam)</c>.</summary>
    private static string[] List()
    {
        if (!Directory.Exists("/dev"))
            return [];
        return
        [
            .. Directory.EnumerateFiles("/dev", "video*")
            .Where(path => path["/dev/video".Length..].All(char.IsAsciiDigit))
            .Order(StringComparer.Ordinal)
            .Select(Described),
        ];
    }

    private static string Described(string device)
    {
        var name = Path.Combine(Names, Path.GetFileName(device), "name");
        return File.Exists(name) ? $"{device} ({File.ReadAllText(name).Trim()})" : device;
    }
}
