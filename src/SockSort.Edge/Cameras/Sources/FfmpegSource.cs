using System.Runtime.CompilerServices;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Shared;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Reads a video file, a device or an RTSP or RTMP camera through the program ffmpeg.</summary>
internal sealed class FfmpegSource : IPictureSource
{
    private readonly FfmpegReading _reading;
    private readonly string? _device;
    private readonly bool _endsWhereItIsCutOff;
    private FfmpegPass? _pass;
    private long _damagedBefore;

    /// <param name="device">Path of the device; null if the source is none.</param>
    /// <param name="endsWhereItIsCutOff">
    /// Whether the end of a file that is cut off counts as its normal end, as for one that starts again.
    /// </param>
    private FfmpegSource(FfmpegReading reading, string? device = null, bool endsWhereItIsCutOff = false)
    {
        // A missing ffmpeg is reported at once, not at the first frame.
        _ = Ffmpeg.Find(reading.Name, SearchPath.OfProcess);
        (_reading, _device, _endsWhereItIsCutOff) = (reading, device, endsWhereItIsCutOff);
    }

    public string Name => _reading.Name;

    public bool IsLive => _reading.IsEndless;

    public bool Reopens => _reading.IsEndless;

    public long Damaged => Interlocked.Read(ref _damagedBefore) + (Volatile.Read(ref _pass)?.Damaged ?? 0);

    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public static FfmpegSource OpenFile(string path, CameraOptions options) =>
        // The prefix keeps ffmpeg from taking a file name with a colon for a protocol.
        new(new FfmpegReading(
            path, FfmpegInput.Local("-i", "file:" + path), FfmpegFilters.ByVideoTime(options.Fps, options.FrameTimeout / 2),
            IsEndless: false), endsWhereItIsCutOff: options.Loop);

    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public static FfmpegSource OpenDevice(string path, CameraOptions options) =>
        new(new FfmpegReading(path, FfmpegInput.Device(path), FfmpegFilters.ByArrival(options.Fps), IsEndless: true), path);

    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public static FfmpegSource OpenAddress(CameraAddress address, CameraOptions options)
    {
        // RTSP over UDP loses packets on a busy network, and a smeared frame gets a wrong label.
        (string, string)[] transport = address.Kind == CameraAddressKind.Rtsp ? [("rtsp_transport", "tcp")] : [];
        var input = FfmpegInput.Address(address, [.. FfmpegInput.Prompt, .. transport]);
        return new(new FfmpegReading(address.Shown, input, FfmpegFilters.ByArrival(options.Fps), IsEndless: true));
    }

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (_device is not null)
            VideoDevices.Check(_device);
        await using var pass = new FfmpegPass(_reading, cancel);
        Volatile.Write(ref _pass, pass);
        try
        {
            while (await pass.NextAsync(cancel) is { } frame)
                yield return new SourcePicture($"{Path.GetFileName(Name)}#{pass.Frames}", frame);
            await pass.CheckEndAsync(cancel);
            if (!_endsWhereItIsCutOff)
                pass.CheckWhole();
        }
        finally
        {
            Volatile.Write(ref _pass, null);
            Interlocked.Add(ref _damagedBefore, pass.Damaged);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
