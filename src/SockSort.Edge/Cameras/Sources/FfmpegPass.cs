using SockSort.Imaging;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>The frames of one run of ffmpeg, and how it ended.</summary>
internal sealed class FfmpegPass : IAsyncDisposable
{
    private readonly FfmpegReading _reading;
    private readonly Ffmpeg _ffmpeg;
    private readonly CancellationTokenRegistration _kill;

    /// <param name="reading">What to read.</param>
    /// <param name="cancel">Kills ffmpeg, which ends a read that waits on its pipe; a token alone does not reach that.</param>
    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public FfmpegPass(FfmpegReading reading, CancellationToken cancel)
    {
        _reading = reading;
        var program = Ffmpeg.Find(reading.Name, Environment.GetEnvironmentVariable("PATH") ?? "");
        _ffmpeg = Ffmpeg.Start(program, reading.Input, FfmpegFilters.Output(reading.Filters), new FfmpegLog(reading.IsEndless));
        _kill = cancel.Register(_ffmpeg.Kill);
    }

    /// <summary>Frames given.</summary>
    public long Frames { get; private set; }

    /// <summary>As <see cref="CameraCounts.Damaged"/>.</summary>
    public long Damaged => _ffmpeg.Log.Damaged;

    /// <summary>Whether it has an end; known with the first frame, and not before.</summary>
    public async Task<bool> HasLengthAsync(CancellationToken cancel) => await _ffmpeg.Log.Duration.WaitAsync(cancel) is not null;

    /// <summary>The next frame; null at the end, whatever the reason.</summary>
    public async Task<Frame?> NextAsync(CancellationToken cancel)
    {
        var frame = await ReadOneAsync(cancel);
        if (frame is null)
            return null;
        Frames++;
        _ffmpeg.Log.FrameDone();
        return frame;
    }

    /// <summary>After the last frame: returns where it was the last one.</summary>
    /// <exception cref="CameraException">It broke off.</exception>
    public async Task CheckEndAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var exitCode = await _ffmpeg.ExitCodeAsync(cancel);
        var said = _reading.Input.Redact(_ffmpeg.Log.LastError);
        if (_ffmpeg.Log.LacksIndex)
            throw CameraErrors.NoIndex(_reading.Name);
        if (exitCode != 0)
            throw CameraErrors.Ffmpeg(_reading.Name, exitCode, said);
        if (_ffmpeg.Log.LostConnection)
            throw CameraErrors.BrokeOff(_reading.Name, Frames, said);
        if (_reading.IsEndless)
            throw CameraErrors.Ended(_reading.Name, Frames);
    }

    /// <summary>After the last frame of a file.</summary>
    /// <exception cref="CameraException">Its index tells of more.</exception>
    public void CheckWhole()
    {
        if (_ffmpeg.Log.IsCutOff)
            throw CameraErrors.CutOff(_reading.Name, Frames);
    }

    public async ValueTask DisposeAsync()
    {
        await _kill.DisposeAsync();
        await _ffmpeg.DisposeAsync();
    }

    private async Task<Frame?> ReadOneAsync(CancellationToken cancel)
    {
        try
        {
            return await PamReader.ReadAsync(_ffmpeg.Output, cancel);
        }
        catch (Exception error) when (error is EndOfStreamException or IOException or ObjectDisposedException)
        {
            // Cut off within a frame: the exit status tells why.
            return null;
        }
    }
}
