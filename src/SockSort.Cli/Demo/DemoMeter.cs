using SockSort.Bench;
using SockSort.Edge.Loop;
using SockSort.Models.Package;

namespace SockSort.Cli.Demo;

/// <summary>
/// Counts and measures what passes at four points of the demo: frame, record on disk, record read by the query, row of the pair query.
/// Thread-safe.
/// </summary>
/// <param name="labels">The labels of the model.</param>
/// <param name="firstOffset">The topic's end offset when the demo started; records before it belong to an earlier demo.</param>
internal sealed class DemoMeter(IReadOnlyList<string> labels, long firstOffset, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly TravelTimes _toLog = new();
    private readonly Latencies _toTable = new();
    private readonly Dictionary<long, DateTimeOffset> _capturedByOffset = [];
    private readonly Dictionary<long, DateTimeOffset> _readByOffset = [];
    private readonly HashSet<string> _judged = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PairRow> _pairs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _before = new(StringComparer.Ordinal);
    private EdgeFrame? _last;
    private int _known;
    private int _right;
    private long _logged;
    private long _loggedUpTo = -1;
    private long _read;

    /// <summary>The socks that were actually shown.</summary>
    public PairTruth Truth { get; } = new();

    /// <summary>The number of records appended to the topic during the demo.</summary>
    public long Logged
    {
        get
        {
            lock (_lock)
                return _logged;
        }
    }

    /// <summary>The time at which the first frame was labelled.</summary>
    public DateTimeOffset? FirstFrameAt { get; private set; }

    /// <summary>A frame was recognised and its message handed to the publisher.</summary>
    public void OnFrame(EdgeFrame frame)
    {
        lock (_lock)
        {
            _toLog.Sent(new FrameMessage(frame.Label, frame.Percent).ToBytes(), frame.Seen.CapturedAt);
            _last = frame;
            FirstFrameAt ??= frame.ClassifiedAt;
            Truth.Add(frame.Seen.Truth);
            if (frame.Seen.Truth is not { } truth || !labels.Contains(truth) || !_judged.Add(frame.Seen.Name))
                return;
            _known++;
            if (truth == frame.Label)
                _right++;
        }
    }

    /// <summary>A record of the topic is on disk.</summary>
    public void OnLogged(long offset, ReadOnlySpan<byte> value)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            _logged++;
            _loggedUpTo = offset;
            if (_toLog.Arrived(value, now) is { } captured)
                _capturedByOffset[offset] = captured;
            MeasureTable(offset);
            _ = _readByOffset.Remove(offset);
        }
    }

    /// <summary>The query has processed a record of the topic.</summary>
    public void OnRead(long offset)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (offset < firstOffset)
                return;
            _read++;
            _readByOffset[offset] = now;
            MeasureTable(offset);
            if (offset <= _loggedUpTo)
                _ = _readByOffset.Remove(offset);
        }
    }

    /// <summary>The pair query has emitted a row.</summary>
    public void OnPair(PairRow row)
    {
        lock (_lock)
            _pairs[row.Image] = row;
    }

    /// <summary>Rows of the pair query belong to this demo from now on; earlier ones reported the socks of earlier demos.</summary>
    public void BeginCounting()
    {
        lock (_lock)
        {
            foreach (var row in _pairs.Values)
                _before[row.Image] = row.Socks;
        }
    }

    public DemoView View(TimeSpan elapsed, TimeSpan length, EdgeCounts counts, long unreadable)
    {
        lock (_lock)
        {
            return new DemoView
            {
                Elapsed = elapsed,
                Length = length,
                Label = _last?.Label,
                Percent = _last?.Percent ?? 0,
                Truth = _last?.Seen.Truth,
                Pairs = [.. _pairs.Values],
                Frames = counts.Frames,
                FramesPerSecond = counts.FramesPerSecond,
                Published = counts.Publisher.Acknowledged,
                Waiting = counts.Publisher.Waiting + counts.Publisher.InFlight,
                Lost = counts.Publisher.Lost,
                Logged = _logged,
                Read = _read,
                Unreadable = unreadable,
            };
        }
    }

    /// <param name="template">A report with the figures that are counted elsewhere.</param>
    public DemoReport Complete(DemoReport template)
    {
        lock (_lock)
        {
            return template with
            {
                Logged = _logged,
                Read = _read,
                Known = _known,
                Right = _right,
                PairsTold = _pairs.Values.Where(row => row.Image != ModelPackage.BackgroundLabel)
                    .Sum(row => PairCount.Completed(_before.GetValueOrDefault(row.Image), row.Socks)),
                WindowsTold = _pairs.Values.Where(row => row.Image != ModelPackage.BackgroundLabel)
                    .Sum(row => row.Socks - _before.GetValueOrDefault(row.Image)),
                SocksTrue = Truth.IsKnown ? Truth.Socks : null,
                PairsTrue = Truth.IsKnown ? Truth.Pairs(_before) : null,
                LogMsP50 = _toLog.MillisecondsAt(0.5),
                LogMsP99 = _toLog.MillisecondsAt(0.99),
                TableMsP50 = _toTable.MillisecondsAt(0.5),
                TableMsP99 = _toTable.MillisecondsAt(0.99),
            };
        }
    }

    // The tail of the log and the query report a record in either order.
    private void MeasureTable(long offset)
    {
        if (!_capturedByOffset.TryGetValue(offset, out var captured) || !_readByOffset.TryGetValue(offset, out var read))
            return;
        _toTable.Add(read - captured);
        _ = _capturedByOffset.Remove(offset);
    }
}
