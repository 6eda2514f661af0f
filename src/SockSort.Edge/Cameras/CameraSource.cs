using SockSort.Edge.Cameras.Addresses;
using SockSort.Edge.Cameras.Sources;
using SockSort.Edge.Cameras.Sources.Folders;
using SockSort.Edge.Cameras.Sources.Http;
using SockSort.Imaging.Decoding;
using SockSort.Mqtt.Addresses;

namespace SockSort.Edge.Cameras;

/// <summary>Opens the camera that a user names by its source.</summary>
public static class CameraSource
{
    private const string SyntheticPrefix = "synthetic:";

    /// <param name="source">
    /// A folder of pictures (in the order of their names; a <c>labels.csv</c> in it holds the true labels), a picture, a GIF, a video file,
    /// a video device (<c>/dev/video0</c>), an address (<c>rtsp://…</c>, <c>rtmp://…</c>; <c>http://…</c> of MJPEG, a snapshot, HLS or a
    /// video), <c>browser</c> or <c>browser:NAME</c> (a phone, through a page of the live view), or <c>synthetic:SEED</c>.
    /// </param>
    /// <param name="options">Frame rate, repetition, timeout and the other settings.</param>
    /// <exception cref="CameraException">The source does not exist, or it is clear at once that it delivers no frame.</exception>
    public static ICamera Open(string source, CameraOptions options)
    {
        options.Check();
        return Start(SourceOf(source, options), options);
    }

    /// <summary>Checks a source without taking a frame: throws what <see cref="Open"/> would throw for it.</summary>
    /// <inheritdoc cref="Open"/>
    public static async Task CheckAsync(string source, CameraOptions options)
    {
        options.Check();
        await SourceOf(source, options).DisposeAsync();
    }

    /// <summary>Whether a source is fed by a phone, through a page of the live view: without a live view it gives no frame.</summary>
    public static bool IsBrowser(string source) => BrowserSource.IsNamedBy(source);

    /// <summary>The error of a source that is fed by a phone, where there is no live view.</summary>
    /// <param name="advice">How a live view is had.</param>
    public static CameraException NeedsView(string source, string advice) => CameraErrors.NeedsView(source, advice);

    internal static ICamera Start(IPictureSource source, CameraOptions options)
    {
        ICamera camera = source.Reopens ? new LiveCamera(source, options) : new PacedCamera(source, options);
        return options.Loggers is { } loggers ? CameraLog.Follow(camera, loggers) : camera;
    }

    private static IPictureSource SourceOf(string source, CameraOptions options)
    {
        if (options.Follow)
            return OpenFollowed(source, options);
        if (CameraAddress.IsAddress(source))
            return OpenAddress(AddressOf(source, options.Account), options);
        if (options.Account is not null)
            throw CameraErrors.NoAccount(Secretless.Address(source));
        if (BrowserSource.IsNamedBy(source))
            return BrowserSource.Open(source, options);
        if (source.StartsWith(SyntheticPrefix, StringComparison.Ordinal))
            return SyntheticSource.Open(source[SyntheticPrefix.Length..], options);
        if (Directory.Exists(source))
            return PictureFiles.OpenFolder(source);
        return OpenFile(source, options);
    }

    private static CameraAddress AddressOf(string source, CameraAccount? account)
    {
        var address = CameraAddress.Parse(source, account?.User, account?.Password);
        var isUsed = address.User is not null || address.Tail != CameraAddress.Parse(source).Tail;
        return account?.Password is null || isUsed ? address : throw CameraErrors.NoUser(address.ShownWithoutUser);
    }

    private static FollowedFolder OpenFollowed(string source, CameraOptions options)
    {
        if (options.Loop)
            throw CameraErrors.FollowNeverEnds(Secretless.Address(source));
        return Directory.Exists(source)
            ? FollowedFolder.Open(source, options)
            : throw CameraErrors.FollowNeedsFolder(Secretless.Address(source));
    }

    private static IPictureSource OpenAddress(CameraAddress address, CameraOptions options) =>
        address.Kind == CameraAddressKind.Http ? HttpSource.Open(address, options) : FfmpegSource.OpenAddress(address, options);

    private static IPictureSource OpenFile(string path, CameraOptions options)
    {
        if (VideoDevices.IsDevice(path))
        {
            VideoDevices.Check(path);
            return FfmpegSource.OpenDevice(path, options);
        }
        if (!File.Exists(path))
            throw CameraErrors.Missing(Secretless.Address(path));
        // Reading a pipe with a picture's name would wait for ever if nobody writes to it.
        if (PictureReader.IsPicture(path) && RegularFile.OtherKindOf(path) is { } kind)
            throw CameraErrors.NotAFile(path, kind);
        if (Path.GetExtension(path).Equals(".gif", StringComparison.OrdinalIgnoreCase))
            return GifSource.Open(path);
        return PictureReader.IsPicture(path) ? PictureFiles.OpenOne(path) : FfmpegSource.OpenFile(path, options);
    }
}
