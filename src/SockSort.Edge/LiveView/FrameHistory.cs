
namespace SockSort.Edge.LiveView;

/// <summary>Keeps the labels of the last frames and measures their rate. Thread-safe.</summary>
internal sealed class FrameHistory(TimeProvider time)
{
    /// <summary>Number of labels kept: 15 seconds at the usual 4 frames per second.</summary>
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

    /// <summary>Frames per second, measured over the last frames; 0 before the second one.</summary>
    public double Rate => _rate.PerSecond;

    /// <summary>Average interval between the last frames; zero before the second one.</summary>
    public TimeSpan UsualInterval => _rate.UsualInterval;

    /// <summary>Time since the last frame; null before the first one.</summary>
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
