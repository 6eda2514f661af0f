using SockSort.Edge.LiveView;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Kernels;

namespace SockSort.Edge.Kept;

/// <summary>Keeps the last frames of one camera as JPEG in memory, as many as fit; the oldest make room.</summary>
/// <param name="mostBytes">Most bytes of all pictures together, at least 1.</param>
public sealed class FrameStore(long mostBytes) : IKeptFrames
{
    /// <summary>Bytes that a camera keeps by default: three minutes of 720p at 4 frames per second.</summary>
    public const long DefaultBytes = 64_000_000;

    private const int Quality = 80;

    // More pixels would show no more of a sock, and leave room for fewer frames.
    private static readonly LiveResolution Largest = LiveResolution.Default;

    private readonly Lock _gate = new();
    private readonly Queue<KeptFrame> _inOrder = [];
    private readonly Dictionary<(string Run, long Seq), KeptFrame> _frames = [];
    private long _bytes;
    private long _evicted;

    /// <inheritdoc/>
    public KeptFrameCounts Counts
    {
        get
        {
            lock (_gate)
            {
                DateTimeOffset? oldest = _inOrder.TryPeek(out var first) ? first.CapturedAt : null;
                return new KeptFrameCounts(_frames.Count, _bytes, mostBytes, _evicted, oldest);
            }
        }
    }

    /// <inheritdoc/>
    public KeptFrame? Find(string run, long seq)
    {
        lock (_gate)
            return _frames.GetValueOrDefault((run, seq));
    }

    /// <summary>The frames that are kept of a time, both ends included, in their order.</summary>
    public IReadOnlyList<KeptFrame> Within(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
            return [.. _inOrder.Where(frame => frame.CapturedAt >= from && frame.CapturedAt <= to)];
    }

    /// <summary>Encodes a frame and keeps it. One that is larger than all the room counts as evicted at once.</summary>
    /// <param name="run">Run of the frame's message.</param>
    /// <param name="seq">Number of the frame's message; each is kept once.</param>
    /// <param name="frame">The frame; its picture is read only during the call.</param>
    public void Keep(string run, long seq, LiveFrame frame)
    {
        var kept = new KeptFrame(run, seq, frame.CapturedAt, frame.Label, frame.Percent, Encode(frame.Picture));
        lock (_gate)
        {
            _frames.Add((run, seq), kept);
            _inOrder.Enqueue(kept);
            _bytes += kept.Jpeg.Length;
            while (_bytes > mostBytes)
                Evict(_inOrder.Dequeue());
        }
    }

    private void Evict(KeptFrame frame)
    {
        _ = _frames.Remove((frame.Run, frame.Seq));
        _bytes -= frame.Jpeg.Length;
        _evicted++;
    }

    private static byte[] Encode(Frame picture)
    {
        var size = Largest.Fit(picture);
        var isSmall = size == (picture.Width, picture.Height);
        return JpegWriter.Encode(isSmall ? picture : new Resampler(size.Width, size.Height).Resize(picture), Quality);
    }
}
