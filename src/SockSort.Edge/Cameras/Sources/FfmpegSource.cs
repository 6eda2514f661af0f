using System.Runtime.CompilerServices;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>A video file, device or network camera, read through the program ffmpeg.</summary>
internal sealed class FfmpegSource : IPictureSource
{
    // Wider frames add nothing to a classifier's input of some 224 pixels, but cost time on every step.
    private const int MaxWidth = 1280;

    private readonly string _program;
    private readonly string _source;
    private readonly string[] _arguments;

    private FfmpegSource(string source, string shown, bool isLive, string[] input, CameraOptions options)
    {
        _program = Ffmpeg.Find(shown, Environment.GetEnvironmentVariable("PATH") ?? "");
        _source = source;
        Name = shown;
        IsLive = isLive;
        _arguments = [.. input, "-an", "-sn", "-vf", FiltersOf(options), "-f", "image2pipe", "-c:v", "ppm", "-"];
    }

    public string Name { get; }

    public bool IsLive { get; }

    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public static FfmpegSource OpenFile(string path, CameraOptions options) =>
        // The prefix keeps ffmpeg from taking a name with a colon for a protocol.
        new(path, path, isLive: false, ["-i", "file:" + path], options);

    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public static FfmpegSource OpenDevice(string path, CameraOptions options) =>
        new(path, path, isLive: true, ["-f", "v4l2", "-i", path], options);

    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public static FfmpegSource OpenAddress(string address, string shown, CameraOptions options) =>
        // RTSP over UDP loses packets on a busy network, and a smeared picture is a wrong label.
        new(address, shown, isLive: true,
            [.. address.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase) ? ["-rtsp_transport", "tcp"] : Array.Empty<string>(), "-i", address],
            options);

    /// <summary><c>http://user:secret@host/video?pwd=secret</c> becomes <c>http://user:***@host/video</c>: cameras take passwords in the query, too, under any name.</summary>
    /// <param name="address">With <c>://</c> in it.</param>
    public static string WithoutSecrets(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        var query = address.IndexOfAny(['?', '#'], start);
        var shown = query < 0 ? address : address[..query];
        var slash = shown.IndexOf('/', start);
        var authority = shown[start..(slash < 0 ? shown.Length : slash)];
        // As ffmpeg reads it, the last @ ends the password.
        var (colon, at) = (authority.IndexOf(':'), authority.LastIndexOf('@'));
        return colon >= 0 && colon < at ? $"{shown[..(start + colon)]}:***{shown[(start + at)..]}" : shown;
    }

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var ffmpeg = Ffmpeg.Start(_program, _arguments);
        // Killing the child ends a read that waits on its pipe; a token alone does not reach it.
        await using var kill = cancel.Register(ffmpeg.Kill);
        var count = 0;
        while (await ReadOneAsync(ffmpeg, cancel) is { } frame)
            yield return new SourcePicture($"{Path.GetFileName(Name)}#{++count}", frame);
        cancel.ThrowIfCancellationRequested();
        var exitCode = await ffmpeg.ExitCodeAsync(cancel);
        if (exitCode != 0)
            throw CameraErrors.Ffmpeg(Name, exitCode, ffmpeg.LastErrorLine.Replace(_source, Name, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<Imaging.Frame?> ReadOneAsync(Ffmpeg ffmpeg, CancellationToken cancel)
    {
        try
        {
            return await PpmReader.ReadAsync(ffmpeg.Output, cancel);
        }
        catch (Exception error) when (error is EndOfStreamException or IOException or ObjectDisposedException)
        {
            // Cut off within a frame: the exit status tells why.
            return null;
        }
    }

    private static string FiltersOf(CameraOptions options)
    {
        var scale = FormattableString.Invariant($"scale=w='min({MaxWidth},iw)':h=-2");
        return options.Fps > 0 ? FormattableString.Invariant($"fps={options.Fps},{scale}") : scale;
    }
}
