
namespace SockSort.Edge.LiveView;

/// <summary>The labels of the last frames and their rate.</summary>
internal sealed class FrameHistory(TimeProvider time)
{
    /// <summary>A quarter of a minute at the usual 4 frames per second.</summary>
    public const int Length = 60;

    private readonly Lock _gate = new();
    private readonly Queue<LiveStatusLabel> _labels = new(Length);
    private readonly RateMeter _rate = new(time);
    private long _lastAt;

    public void Add(LiveFrame frame)
    {
        lock (_gate)
        {
            if (_labels.Count == Length)
                _labels.Dequeue();
            _labels.Enqueue(new LiveStatusLabel(frame.Label, Math.Round(frame.Percent, 2)));
            _lastAt = time.GetTimestamp();
        }
        _rate.Count();
    }

    /// <summary>Per second.</summary>
    public double Rate => _rate.PerSecond;

    /// <summary>Between the last frames; zero before the second.</summary>
    public TimeSpan UsualInterval => _rate.UsualInterval;

    /// <summary>Since the last frame; null before the first.</summary>
    public TimeSpan? Age
    {
        get
        {
            lock (_gate)
                return _labels.Count > 0 ? time.GetElapsedTime(_lastAt) : null;
        }
    }

    public IReadOnlyList<LiveStatusLabel> Labels
    {
        get
        {
            lock (_gate)
                return [.. _labels];
        }
    }
}
