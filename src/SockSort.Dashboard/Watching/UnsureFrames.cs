using System.Collections.Concurrent;
using System.Threading.Channels;
using SockSort.Edge.Loop;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Labels;
using SockSort.Sorting.Sightings;
using SockSort.Teaching.Sessions;
using SockSort.Teaching.Waiting;

namespace SockSort.Dashboard.Watching;

/// <summary>Puts frames of which the model is unsure into the list of those that wait for a name.</summary>
/// <remarks>A camera's loop only looks at numbers; pictures are encoded and written by a task of its own.</remarks>
internal sealed class UnsureFrames(TeachingSession teaching, TimeProvider time)
{
    /// <summary>Below this probability, in percent, a frame is unsure.</summary>
    public const double UnsurePercent = 60;

    /// <summary>Longer side of a kept picture, in pixels; no model looks closer.</summary>
    public const int Side = 1280;

    /// <summary>JPEG quality of a kept picture.</summary>
    public const int Quality = 90;

    // Frames that follow each other show the same, and nobody names hundreds.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _taken = new();
    private readonly Channel<(string Camera, EdgeFrame Frame)> _waiting =
        Channel.CreateBounded<(string, EdgeFrame)>(new BoundedChannelOptions(4) { SingleReader = true });

    /// <summary>Whether a frame is one of which the model is unsure.</summary>
    public static bool IsUnsure(EdgeFrame frame)
    {
        if (frame.IsLearnt || frame.Label == FrameLabel.Blank)
            return false;
        return frame.Label == EdgeOptions.UnknownLabel || frame.Unknown >= LabelledFrame.UnknownBound || frame.Percent < UnsurePercent;
    }

    /// <summary>Takes a frame into account; called on the camera's loop.</summary>
    public void See(string camera, EdgeFrame frame)
    {
        if (!IsUnsure(frame) || teaching.IsShownTo(camera))
            return;
        var now = time.GetUtcNow();
        if (_taken.TryGetValue(camera, out var before) && now - before < Apart)
            return;
        _taken[camera] = now;
        if (!_waiting.Writer.TryWrite((camera, frame)))
            teaching.Waiting.LeaveOut(1);
    }

    /// <summary>Keeps what was taken, until cancelled.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        await foreach (var (camera, frame) in _waiting.Reader.ReadAllAsync(end))
        {
            teaching.Waiting.Add(
                new WaitingFrame(camera, frame.Seen.CapturedAt, frame.Label, frame.Percent),
                Thumbnail.Encode(frame.Seen.Picture, Side, Quality));
        }
    }
}
