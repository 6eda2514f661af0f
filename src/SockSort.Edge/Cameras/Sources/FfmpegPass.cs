using SockSort.Imaging;
using SockSort.Shared;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Reads the frames of one run of ffmpeg and tells how the run ended.</summary>
internal sealed class FfmpegPass : IAsyncDisposable
{
    private readonly FfmpegReading _reading;
    private readonly Ffmpeg _ffmpeg;
    private readonly CancellationTokenRegistration _kill;

    /// <param name="reading">Input, filters and name of the source.</param>
    /// <param name="cancel">Kills ffmpeg. That ends a read that waits on its pipe, which a token alone cannot do.</param>
    /// <exception cref="CameraException">ffmpeg is not installed.</exception>
    public FfmpegPass(FfmpegReading reading, CancellationToken cancel)
    {
        _reading = reading;
        var program = Ffmpeg.Find(reading.Name, SearchPath.OfProcess);
        _ffmpeg = Ffmpeg.Start(program, reading.Input, FfmpegFilters.Output(reading.Filters), new FfmpegLog(reading.IsEndless));
        _kill = cancel.Register(_ffmpeg.Kill);
    }

    /// <summary>Frames handed out in this run.</summary>
    public long Frames { get; private set; }

    /// <summary>Damaged frames of this run, as in <see cref="CameraCounts.Damaged"/>.</summary>
    public long Damaged => _ffmpeg.Log.Damaged;

    /// <summary>Whether the input has a known end. Waits until ffmpeg has opened it, which it has by the first frame.</summary>
    public async Task<bool> HasLengthAsync(CancellationToken cancel) => await _ffmpeg.Log.Duration.WaitAsync(cancel) is not null;

    /// <summary>Waits for the next frame; null at the end, for whatever reason.</summary>
    public async Task<Frame?> NextAsync(CancellationToken cancel)
    {
        var frame = await ReadOneAsync(cancel);
        if (frame is null)
            return null;
        Frames++;
        _ffmpeg.Log.FrameDone();
        return frame;
    }

    /// <summary>Checks, after the last frame, whether the input came to its proper end.</summary>
    /// <exception cref="CameraException">The input broke off.</exception>
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

    /// <summary>Checks, after the last frame of a file, whether the file is complete.</summary>
    /// <exception cref="CameraException">The file ends before the end that its index gives.</exception>
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
            // The stream was cut off within a frame; the exit code tells why.
            return null;
        }
    }
}
