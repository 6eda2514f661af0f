using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Finds the video devices of this machine (V4L2).</summary>
public static class VideoDevices
{
    private const string Names = "sys/class/video4linux";
    private const string StableNames = "dev/v4l/by-id";

    /// <summary>Lists the devices with the formats and sizes that they offer.</summary>
    public static Task<IReadOnlyList<VideoDevice>> ListAsync(CancellationToken cancel) => ListAsync("/", cancel);

    /// <summary>
    /// Whether a path means a device: it leads to one, or lies in <c>/dev</c> and does not exist. Files in <c>/dev/shm</c> are no devices.
    /// </summary>
    internal static bool IsDevice(string path) =>
        RegularFile.OtherKindOf(path) == "a device" || (path.StartsWith("/dev/", StringComparison.Ordinal) && !File.Exists(path));

    /// <exception cref="CameraException">The device does not exist.</exception>
    internal static void Check(string path)
    {
        if (!File.Exists(path))
            throw CameraErrors.MissingDevice(path, [.. PathsIn("/").Select(device => Described(device, NameOf("/", device)))]);
    }

    /// <param name="root">The folder that has <c>dev</c> and <c>sys</c>.</param>
    internal static async Task<IReadOnlyList<VideoDevice>> ListAsync(string root, CancellationToken cancel)
    {
        var devices = new List<VideoDevice>();
        foreach (var path in PathsIn(root))
        {
            var (formats, problem) = await VideoFormats.OfAsync(path, cancel);
            devices.Add(new VideoDevice(path, NameOf(root, path), StableOf(root, path), formats, problem));
        }
        return devices;
    }

    private static IEnumerable<string> PathsIn(string root)
    {
        var folder = Path.Combine(root, "dev");
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder, "video*")
            .Where(path => Path.GetFileName(path)["video".Length..].All(char.IsAsciiDigit))
            .OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal);
    }

    private static string Described(string device, string? name) => name is null ? device : $"{device} ({name})";

    private static string? NameOf(string root, string device)
    {
        var file = Path.Combine(root, Names, Path.GetFileName(device), "name");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    /// <summary>Returns the link to the device that keeps its name when devices are plugged in in another order; null for none.</summary>
    private static string? StableOf(string root, string device)
    {
        var folder = Path.Combine(root, StableNames);
        if (!Directory.Exists(folder))
            return null;
        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .FirstOrDefault(link => File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName == device);
    }
}

/// <summary>A video device of this machine.</summary>
/// <param name="Path">As in <c>/dev/video0</c>.</param>
/// <param name="Name">What its driver calls it; null where it is not told.</param>
/// <param name="StablePath">A link to it that keeps its name over restarts; null for none.</param>
/// <param name="Formats">Empty for one that gives no pictures, as a webcam's second device for metadata.</param>
/// <param name="Problem">Why its formats are not known; null where they are.</param>
public sealed record VideoDevice(
    string Path, string? Name, string? StablePath, IReadOnlyList<VideoFormat> Formats, string? Problem);

/// <summary>A format in which a video device gives pictures.</summary>
/// <param name="Name">ffmpeg's name of it, as <c>mjpeg</c> or <c>yuyv422</c>.</param>
/// <param name="Sizes">As in <c>1280x720</c>, in the driver's order.</param>
public sealed record VideoFormat(string Name, IReadOnlyList<string> Sizes);
