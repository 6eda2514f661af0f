using SockSort.Shared;

namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>
/// Keeps messages on disk until they are settled. Positions count from 0 and are never reused. Each file holds about a sixteenth of the
/// maximum size, from 4 KiB to 4 MiB, and beyond the maximum the oldest file is deleted. Not thread-safe.
/// </summary>
/// <remarks>
/// Added messages survive any end of the process. Against a power cut the files are synced by a timer, by default once a second.
/// </remarks>
internal sealed class DiskBuffer : IDisposable
{
    private const int Parts = 16;
    private const int LeastSegmentBytes = 4 << 10;
    private const int MostSegmentBytes = 4 << 20;
    private const string ConfirmedFile = "confirmed";

    private readonly string _folder;
    private readonly long _mostBytes;
    private readonly int _segmentBytes;
    private readonly FileStream _lock;
    private readonly LinkedList<BufferSegment> _segments = new();
    private readonly NumberRanges _unwritten = new();
    private readonly Lock _syncing = new();
    private readonly bool _syncsEach;
    private readonly ITimer? _timer;
    private volatile BufferSegment? _unsynced;

    private DiskBuffer(string folder, PublisherOptions options, TimeProvider clock)
    {
        (_folder, _mostBytes) = (folder, options.MaxBufferBytes);
        _segmentBytes = (int)Math.Clamp(_mostBytes / Parts, LeastSegmentBytes, MostSegmentBytes);
        _syncsEach = options.SyncBufferEvery == TimeSpan.Zero;
        _ = Directory.CreateDirectory(folder);
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        IsConfirmed = File.Exists(Path.Combine(folder, ConfirmedFile));
        if (!_syncsEach)
            _timer = clock.CreateTimer(_ => Sync(), null, options.SyncBufferEvery, options.SyncBufferEvery);
    }

    /// <summary>Positions of messages that need not be sent any more; all below <see cref="First"/> are included.</summary>
    public NumberRanges Settled { get; } = new();

    /// <summary>The position of the oldest message that is kept.</summary>
    public long First => _segments.First?.Value.First ?? 0;

    /// <summary>The position of the next message that is added.</summary>
    public long Next => _segments.Last?.Value.Next ?? 0;

    public long Bytes { get; private set; }

    /// <summary>The number of files whose end was cut off or damaged at the start.</summary>
    public int Torn { get; private set; }

    /// <summary>Whether a receiver confirms messages, as noted by this start or an earlier one.</summary>
    public bool IsConfirmed { get; private set; }

    /// <param name="found">Called for each message with its position, settled or not.</param>
    /// <exception cref="MqttException">The folder can't be written, or another process uses it.</exception>
    public static DiskBuffer Open(PublisherOptions options, TimeProvider clock, Action<long, OutboxMessage> found)
    {
        try
        {
            var buffer = new DiskBuffer(options.BufferFolder!, options, clock);
            buffer.Read(found);
            return buffer;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            // The name of a foreign file is not a number, which raises a FormatException.
            throw MqttErrors.Buffer(options.BufferFolder!, error);
        }
    }

    /// <returns>The position of the message.</returns>
    /// <exception cref="IOException">The disk is full, or fails; nothing was added.</exception>
    public long Add(OutboxMessage message)
    {
        var segment = ToAddTo();
        var before = segment.Bytes;
        segment.Add(message);
        Bytes += segment.Bytes - before;
        Written(segment);
        return segment.Next - 1;
    }

    /// <summary>Reads the message at a position; null where it was dropped or is damaged.</summary>
    public OutboxMessage? Read(long position)
    {
        var segment = _segments.FirstOrDefault(segment => segment.First <= position && position < segment.Next);
        var message = segment?.Read(position);
        if (message is not null)
            message.Position = position;
        return message;
    }

    /// <summary>Marks messages as settled, so that they are not sent any more; <see cref="WriteSettled"/> writes this to disk.</summary>
    public void Settle(long first, long last)
    {
        Settled.Add(first, last);
        _unwritten.Add(first, last);
    }

    /// <summary>Writes the settled positions for the next start, and deletes files of which all messages are settled.</summary>
    public void WriteSettled()
    {
        if (_unwritten.Ranges.Count > 0)
            WriteUnwritten();
        while (_segments.First is { } oldest && oldest != _segments.Last && IsSettled(oldest.Value))
            Delete(oldest.Value);
    }

    /// <summary>Deletes the oldest files until the maximum size is kept.</summary>
    /// <returns>The dropped positions of each deleted file.</returns>
    public IEnumerable<DroppedRange> Shrink()
    {
        while (Bytes > _mostBytes && _segments.First is { } oldest && oldest.Value.Next > oldest.Value.First)
        {
            if (oldest == _segments.Last)
                _ = Append(oldest.Value.Next);
            var (first, last) = (oldest.Value.First, oldest.Value.Next - 1);
            var unsettled = last - first + 1 - Settled.CountWithin(first, last);
            Delete(oldest.Value);
            yield return new DroppedRange(first, last, unsettled);
        }
    }

    /// <summary>Stores for later starts whether a receiver confirms messages.</summary>
    public void BecomeConfirmed(bool isConfirmed)
    {
        IsConfirmed = isConfirmed;
        var path = Path.Combine(_folder, ConfirmedFile);
        try
        {
            if (isConfirmed)
                File.WriteAllText(path, "");
            else
                File.Delete(path);
        }
        catch (IOException)
        {
            // The next start finds out again.
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        WriteSettled();
        Sync();
        lock (_syncing)
        {
            foreach (var segment in _segments)
                segment.Dispose();
            _segments.Clear();
        }
        _lock.Dispose();
    }

    private void Read(Action<long, OutboxMessage> found)
    {
        foreach (var path in Directory.GetFiles(_folder, "*" + BufferSegment.Ending).Order(StringComparer.Ordinal))
        {
            var segment = BufferSegment.Open(path, found, Settled.Add);
            if (segment.IsTorn)
                Torn++;
            Bytes += segment.Bytes;
            _ = _segments.AddLast(segment);
        }
        if (First > 0)
            Settled.Add(0, First - 1);
        // A damaged file ends before the next one begins; the positions between them are lost, and so counted as settled.
        for (var node = _segments.First; node?.Next is { } next; node = next)
            Settled.Add(node.Value.Next, next.Value.First - 1);
        WriteSettled();
    }

    private BufferSegment ToAddTo()
    {
        var last = _segments.Last?.Value;
        if (last is null)
            return Append(0);
        // A file without messages would be followed by another one of the same name.
        return last.Bytes >= _segmentBytes && last.Next > last.First ? Append(last.Next) : last;
    }

    private BufferSegment Append(long first)
    {
        Sync();
        var segment = BufferSegment.Create(_folder, first);
        _ = _segments.AddLast(segment);
        return segment;
    }

    private void WriteUnwritten()
    {
        try
        {
            var segment = ToAddTo();
            var before = segment.Bytes;
            foreach (var (first, last) in _unwritten.Ranges)
                segment.AddSettled(first, last);
            _unwritten.Clear();
            Bytes += segment.Bytes - before;
            Written(segment);
        }
        catch (IOException)
        {
            // It is written with the next settled positions; a start before that sends messages twice.
        }
    }

    private bool IsSettled(BufferSegment segment) =>
        Settled.CountWithin(segment.First, segment.Next - 1) == segment.Next - segment.First;

    private void Delete(BufferSegment segment)
    {
        Settled.Add(0, segment.Next - 1);
        Bytes -= segment.Bytes;
        _ = _segments.Remove(segment);
        lock (_syncing)
        {
            if (_unsynced == segment)
                _unsynced = null;
            segment.Delete();
        }
    }

    private void Written(BufferSegment segment)
    {
        _unsynced = segment;
        if (_syncsEach)
            Sync();
    }

    private void Sync()
    {
        lock (_syncing)
        {
            if (_unsynced is not { } segment)
                return;
            _unsynced = null;
            try
            {
                segment.Sync();
            }
            catch (IOException)
            {
                // A failing disk fails for the next message too, which reports it.
            }
        }
    }
}
