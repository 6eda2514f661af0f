using System.Globalization;
using System.Text.RegularExpressions;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// What ffmpeg says on standard error, with <c>-loglevel level+info</c>: its last error, how long the video is, what was damaged.
/// </summary>
/// <param name="beginsWithin">A camera's stream is entered somewhere: what its decoder misses until the first frame is no damage.</param>
internal sealed partial class FfmpegLog(bool beginsWithin)
{
    private readonly TaskCompletionSource<TimeSpan?> _duration = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _damagedFrames;
    private long _complaints;
    private bool _complains = beginsWithin;
    private bool _counts = !beginsWithin;

    /// <summary>The last line of level error or fatal, without its context; empty where there was none.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>
    /// Of the whole video, as soon as ffmpeg has opened it; null where it has no end that is known, or could not be opened.
    /// </summary>
    public Task<TimeSpan?> Duration => _duration.Task;

    /// <summary>Whether the network broke off: ffmpeg then ends as if the video had ended.</summary>
    public bool LostConnection { get; private set; }

    /// <summary>Whether a file ends before its index says so.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether a file lacks its index, which stands behind the frames.</summary>
    public bool LacksIndex { get; private set; }

    /// <summary>
    /// Frames that were damaged, at least: decoders that do not say so of a frame only complain, which counts once until the next frame.
    /// </summary>
    public long Damaged => Math.Max(Interlocked.Read(ref _damagedFrames), Interlocked.Read(ref _complaints));

    /// <summary>A frame was handed out.</summary>
    public void FrameDone()
    {
        Volatile.Write(ref _counts, true);
        Volatile.Write(ref _complains, false);
    }

    /// <summary>It says nothing more.</summary>
    public void End() => _duration.TrySetResult(null);

    public void Hear(string line)
    {
        if (DurationLine().Match(line) is { Success: true } duration)
            _duration.TrySetResult(
                TimeSpan.TryParse(duration.Groups[1].Value, CultureInfo.InvariantCulture, out var length) ? length : null);
        // Frames that are damaged are told of as warnings or errors, by the version.
        if (Volatile.Read(ref _counts) && DamagedFrame().IsMatch(line))
            Interlocked.Increment(ref _damagedFrames);
        if (ErrorLine().Match(line) is not { Success: true } error)
            return;
        LastError = error.Groups["text"].Value.Trim();
        IsCutOff |= LastError.EndsWith(": partial file", StringComparison.Ordinal);
        LacksIndex |= LastError == "moov atom not found";
        if (LacksIndex)
            return;
        if (NetworkContext().IsMatch(line))
            LostConnection = true;
        else if (error.Groups["context"].Success && !Volatile.Read(ref _complains))
            Complain();
    }

    private void Complain()
    {
        Interlocked.Increment(ref _complaints);
        Volatile.Write(ref _complains, true);
    }

    [GeneratedRegex(@"^\s*(?:\[info\])?\s*Duration: ([\d:.]+|N/A)")]
    private static partial Regex DurationLine();

    [GeneratedRegex("corrupt decoded frame|Error while decoding stream|Error submitting (a )?packet to (the )?decoder|Decoding error:")]
    private static partial Regex DamagedFrame();

    // [h264 @ 0x55d0] [error] left block unavailable
    [GeneratedRegex(@"^(?<context>(\[\w[^\]]* @ 0x[0-9a-f]+\] )+)?\[(error|fatal|panic)\] (?<text>.*)$")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^\[(http|https|httpproxy|tcp|tls|hls) @ ")]
    private static partial Regex NetworkContext();
}
