using System.Globalization;
using System.Text.RegularExpressions;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// Evaluates ffmpeg's standard error, written with <c>-loglevel level+info</c>: its last error, the length of the video, and damage.
/// </summary>
/// <param name="beginsWithin">
/// True for a camera's stream, which is entered somewhere in the middle: what its decoder misses before the first frame is no damage.
/// </param>
internal sealed partial class FfmpegLog(bool beginsWithin)
{
    private readonly TaskCompletionSource<TimeSpan?> _duration = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _damagedFrames;
    private long _complaints;
    private bool _complains = beginsWithin;
    private bool _counts = !beginsWithin;

    /// <summary>Last line of level error or fatal, without its context; empty if there was none.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Length of the whole video, as soon as ffmpeg has opened it; null if it has no known end or could not be opened.</summary>
    public Task<TimeSpan?> Duration => _duration.Task;

    /// <summary>Whether the network connection broke; ffmpeg then ends as if the video had ended.</summary>
    public bool LostConnection { get; private set; }

    /// <summary>Whether a file ends before the end that its index gives.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether a file lacks its index (moov), which may stand behind the frames.</summary>
    public bool LacksIndex { get; private set; }

    /// <summary>
    /// Least number of damaged frames. Some decoders only report an error without naming a frame; such errors count once until the next
    /// frame.
    /// </summary>
    public long Damaged => Math.Max(Interlocked.Read(ref _damagedFrames), Interlocked.Read(ref _complaints));

    /// <summary>Must be called after each frame that was handed out.</summary>
    public void FrameDone()
    {
        Volatile.Write(ref _counts, true);
        Volatile.Write(ref _complains, false);
    }

    /// <summary>Must be called after the last line; completes <c>Duration</c> with null if no line gave it.</summary>
    public void End() => _duration.TrySetResult(null);

    public void Hear(string line)
    {
        if (DurationLine().Match(line) is { Success: true } duration)
            _duration.TrySetResult(
                TimeSpan.TryParse(duration.Groups[1].Value, CultureInfo.InvariantCulture, out var length) ? length : null);
        // Damaged frames are reported as warnings or as errors, depending on the version of ffmpeg.
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

    // Example: [h264 @ 0x55d0] [error] left block unavailable
    [GeneratedRegex(@"^(?<context>(\[\w[^\]]* @ 0x[0-9a-f]+\] )+)?\[(error|fatal|panic)\] (?<text>.*)$")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^\[(http|https|httpproxy|tcp|tls|hls) @ ")]
    private static partial Regex NetworkContext();
}
