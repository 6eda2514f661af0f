using System.Globalization;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras;

/// <summary>Every text that a camera's failure may say.</summary>
internal static class CameraErrors
{
    private const string Kinds =
        "a folder of pictures, a GIF, a video file, /dev/video0, rtsp://HOST/PATH or synthetic:SEED";

    public static CameraException Missing(string source) => new($"camera '{source}' does not exist: give {Kinds}");

    public static CameraException UnknownScheme(string source, string scheme) =>
        new($"camera '{source}': addresses of kind {scheme}:// are not read; give {Kinds}");

    public static CameraException BadSeed(string text) =>
        new($"camera 'synthetic:{text}': the seed must be a whole number from 0 to {int.MaxValue}, as in synthetic:1");

    public static CameraException RateOutOfRange(double fps) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{fps} frames per second are out of range: give 0 (as fast as possible) to {CameraOptions.MostFps}"));

    public static CameraException TimeoutOutOfRange(TimeSpan timeout) => new(string.Create(CultureInfo.InvariantCulture,
        $"a frame timeout of {timeout.TotalSeconds} s is out of range: give more than 0, at most {CameraOptions.LongestFrameTimeout.TotalSeconds}"));

    public static CameraException EmptyFolder(string folder) =>
        new($"camera '{folder}': the folder holds no picture ({string.Join(", ", PictureReader.Suffixes)}); its subfolders are not read");

    public static CameraException NothingReadable(string source, IReadOnlyCollection<SkippedPicture> skipped) => new(
        $"camera '{source}': none of its {skipped.Count} pictures can be read; the first, {skipped.First().Name}: {skipped.First().Problem}");

    public static CameraException NoFrame(string source) => new($"camera '{source}' gave no frame: is it a video?");

    public static CameraException TimedOut(string source, TimeSpan timeout) =>
        new($"camera '{source}' gave no frame for {timeout.TotalSeconds:0.#} s: is it connected, and does no other program hold it?");

    public static CameraException Ended(string source, long frames) =>
        new($"camera '{source}' ended after {frames} frames: is it still connected?");

    public static CameraException NotAGif(string path, string problem) => new($"camera '{path}' is no readable GIF ({problem})");

    public static CameraException NoFfmpeg(string source) => new(
        $"camera '{source}' needs ffmpeg, which is not installed: apt-get install ffmpeg (pictures, GIF and synthetic cameras do without)");

    public static CameraException Ffmpeg(string source, int exitCode, string lastLine) => new(
        $"camera '{source}': ffmpeg ended with status {exitCode}: {(lastLine.Length > 0 ? lastLine : "it gave no reason")}");
}
