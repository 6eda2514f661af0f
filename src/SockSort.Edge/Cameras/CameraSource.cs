using SockSort.Edge.Cameras.Sources;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras;

/// <summary>Opens what a user may name as a camera.</summary>
public static class CameraSource
{
    private const string SyntheticPrefix = "synthetic:";
    private static readonly string[] LiveSchemes = ["rtsp", "rtsps", "rtmp", "http", "https"];

    /// <param name="source">
    /// A folder of pictures (in the order of their names; a <c>labels.csv</c> in it tells the truth), a picture, a GIF, a video file,
    /// a video device (<c>/dev/video0</c>), an address (<c>rtsp://…</c>, <c>http://…</c>), or <c>synthetic:SEED</c>.
    /// </param>
    /// <param name="options">Pace, repetition, timeout.</param>
    /// <exception cref="CameraException">There is no such source, or it can be seen at once that it gives no frame.</exception>
    public static ICamera Open(string source, CameraOptions options)
    {
        options.Check();
        return Start(SourceOf(source, options), options);
    }

    internal static ICamera Start(IPictureSource source, CameraOptions options) =>
        source.IsLive ? new LiveCamera(source, options) : new PacedCamera(source, options);

    private static IPictureSource SourceOf(string source, CameraOptions options)
    {
        if (source.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return SyntheticSource.Open(source[SyntheticPrefix.Length..], options);
        if (source.IndexOf("://", StringComparison.Ordinal) is > 0 and var at)
            return OpenAddress(source, scheme: source[..at].ToLowerInvariant(), options);
        if (Directory.Exists(source))
            return PictureFiles.OpenFolder(source);
        if (!File.Exists(source))
            throw CameraErrors.Missing(source);
        return OpenFile(source, options);
    }

    private static FfmpegSource OpenAddress(string source, string scheme, CameraOptions options)
    {
        var shown = FfmpegSource.WithoutSecrets(source);
        return LiveSchemes.Contains(scheme)
            ? FfmpegSource.OpenAddress(source, shown, options)
            : throw CameraErrors.UnknownScheme(shown, scheme);
    }

    private static IPictureSource OpenFile(string path, CameraOptions options)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
            return FfmpegSource.OpenDevice(path, options);
        if (Path.GetExtension(path).Equals(".gif", StringComparison.OrdinalIgnoreCase))
            return GifSource.Open(path);
        return PictureReader.IsPicture(path) ? PictureFiles.OpenOne(path) : FfmpegSource.OpenFile(path, options);
    }
}
