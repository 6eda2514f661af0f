using SockSort.Shared;

namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>
/// What of the disk buffer is still to be sent, and what waits for somebody to confirm it. Not thread-safe: the outbox guards it.
/// </summary>
internal sealed class Backlog : IDisposable
{
    // More than these are not sent again by a guess: the last one is, and its receipt tells which others are missing.
    private const long MostSentAgain = 10_000;

    private static readonly TimeSpan FirstStall = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStall = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenGaps = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NobodyConfirms = TimeSpan.FromDays(1);

    private readonly DiskBuffer _disk;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly StampIndex _stamps = new();
    private readonly NumberRanges _acknowledged = new();
    private readonly NumberRanges _again = new();
    private readonly Queue<(long Position, long At)> _acknowledgedAt = new();
    private long _next;
    private long _progressAt;
    private long _receiptAt;
    private long? _gapsAt;
    private TimeSpan _stall = FirstStall;

    /// <exception cref="MqttException">The folder cannot be written, or another process has it.</exception>
    public Backlog(PublisherOptions options, TimeProvider clock)
    {
        (_clock, _patience) = (clock, options.ReceiptTopic is null ? TimeSpan.Zero : options.ReceiptPatience);
        _disk = DiskBuffer.Open(options, clock, Index);
        _next = _disk.First;
        _progressAt = _receiptAt = clock.GetTimestamp();
        SkipSettled();
        Restored = Unread;
    }

    /// <summary>Messages that an earlier start has left.</summary>
    public long Restored { get; }

    /// <summary>Messages that the broker has acknowledged and that went for want of room before anybody confirmed them.</summary>
    public long Unconfirmed { get; private set; }

    public long Bytes => _disk.Bytes;

    public int Torn => _disk.Torn;

    /// <summary>Messages that are to be read from disk and sent.</summary>
    public long Unread => Within(_next, _disk.Next - 1) + AgainCount;

    /// <summary>Whether messages lie on disk that must go before a new one.</summary>
    public bool HasUnread => Unread > 0;

    /// <summary>Whether a message is on disk; one that went for want of room while it was in flight is not.</summary>
    public bool Has(long position) => position >= _disk.First;

    private long AgainCount => _again.Ranges.Sum(range => range.Last - range.First + 1);

    /// <summary>What the broker has acknowledged is settled, where nobody confirms.</summary>
    public void Dispose()
    {
        if (!_disk.IsConfirmed)
            SettleAcknowledged();
        _disk.Dispose();
    }

    /// <summary>Puts a message on disk.</summary>
    /// <param name="isTaken">It is in memory as well and need not be read.</param>
    /// <returns>What has gone for want of room.</returns>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public IReadOnlyList<DroppedRange> Add(OutboxMessage message, bool isTaken)
    {
        var position = _disk.Add(message);
        message.Position = position;
        Index(position, message);
        if (isTaken)
            _next = position + 1;
        return [.. _disk.Shrink()];
    }

    /// <summary>Forgets positions that have gone.</summary>
    /// <returns>How many of them nobody has got, but for those that are in flight.</returns>
    public long Drop(DroppedRange gone, IReadOnlyCollection<long> inFlight)
    {
        var (first, last) = (gone.First, gone.Last);
        // What the broker has taken is not lost, as far as anybody knows.
        var acknowledged = _acknowledged.CountWithin(first, last);
        Unconfirmed += acknowledged;
        _acknowledged.Remove(first, last);
        _again.Remove(first, last);
        _next = Math.Max(_next, last + 1);
        return gone.Unsettled - acknowledged - inFlight.Count(position => position >= first && position <= last);
    }

    /// <summary>The next message on disk that is to be sent; null where there is none.</summary>
    /// <param name="isInFlight">Whether the message at a position is under way.</param>
    public OutboxMessage? Read(Func<long, bool> isInFlight)
    {
        while (TakeNext() is { } position)
        {
            if (isInFlight(position) || _disk.Settled.Contains(position))
                continue;
            if (_disk.Read(position) is { } message)
            {
                message.WasAcknowledged = _acknowledged.Contains(position);
                return message;
            }
            _disk.Settle(position, position);
        }
        return null;
    }

    /// <summary>The broker has taken a message.</summary>
    public void Acknowledged(long position)
    {
        if (_disk.Settled.Contains(position))
            return;
        if (_acknowledged.Ranges.Count == 0)
            _progressAt = _clock.GetTimestamp();
        _ = _acknowledged.Add(position);
        if (_disk.IsConfirmed)
            return;
        _acknowledgedAt.Enqueue((position, _clock.GetTimestamp()));
        if (_patience == TimeSpan.Zero)
            Look();
    }

    /// <summary>Nobody will get a message, and it is not sent again.</summary>
    public void GiveUp(long position)
    {
        _disk.Settle(position, position);
        _disk.WriteSettled();
    }

    /// <summary>A receiver has messages for good.</summary>
    /// <returns>Positions that the broker has not acknowledged, and that are settled by this.</returns>
    public IReadOnlyList<(long First, long Last)> Confirm(Receipt receipt)
    {
        _receiptAt = _clock.GetTimestamp();
        if (!_disk.IsConfirmed)
            _disk.BecomeConfirmed(true);
        _acknowledgedAt.Clear();
        // Who tells is there: what is missing need not wait for longer and longer.
        _stall = FirstStall;
        List<(long First, long Last)> unacknowledged = [];
        foreach (var (firstSeq, lastSeq) in receipt.Ranges)
        {
            foreach (var (first, last) in _stamps.PositionsOf(receipt.Run, firstSeq, lastSeq))
                Confirm(first, last, unacknowledged);
        }
        _disk.WriteSettled();
        _stamps.Trim(_disk.First);
        SendGapsAgain(receipt);
        return unacknowledged;
    }

    /// <summary>
    /// Looks what has waited for long: settles what nobody confirms, and has something sent again where receipts have stopped.
    /// </summary>
    public void Look()
    {
        if (_disk.IsConfirmed && _clock.GetElapsedTime(_receiptAt) > NobodyConfirms)
            StopWaiting();
        while (_acknowledgedAt.TryPeek(out var oldest) && _clock.GetElapsedTime(oldest.At) >= _patience)
        {
            _ = _acknowledgedAt.Dequeue();
            Settle(oldest.Position, oldest.Position);
        }
        _disk.WriteSettled();
        if (!_disk.IsConfirmed || _acknowledged.Highest is not { } last || _clock.GetElapsedTime(_progressAt) < _stall)
            return;
        _again.Add(last, last);
        _progressAt = _clock.GetTimestamp();
        _stall = _stall < LongestStall ? 2 * _stall : LongestStall;
    }

    /// <summary>The connection has ended: what was not acknowledged is read again, and what a broken broker may have lost.</summary>
    public void Rewind()
    {
        _again.Clear();
        _next = _disk.First;
        SkipSettled();
        if (!_disk.IsConfirmed || _acknowledged.Highest is not { } last)
            return;
        var first = _acknowledged.CountWithin(_disk.First, last) <= MostSentAgain ? _disk.First : last;
        SendAgain(first, last);
    }

    private void Index(long position, OutboxMessage message)
    {
        if (message.Stamp is { } stamp)
            _stamps.Add(stamp, position);
    }

    /// <summary>Messages between two positions that are neither settled nor acknowledged.</summary>
    private long Within(long first, long last) =>
        last < first ? 0 : last - first + 1 - _disk.Settled.CountWithin(first, last) - _acknowledged.CountWithin(first, last);

    /// <summary>Smallest position first, so that what is sent again keeps its order.</summary>
    private long? TakeNext()
    {
        SkipSettled();
        if (_again.Ranges.Count > 0 && (_again.Ranges[0].First < _next || _next >= _disk.Next))
        {
            var position = _again.Ranges[0].First;
            _again.Remove(position, position);
            return position;
        }
        return _next < _disk.Next ? _next++ : null;
    }

    private void SkipSettled()
    {
        while (_next < _disk.Next && (_disk.Settled.Contains(_next) || _acknowledged.Contains(_next)))
            _next++;
    }

    private void Confirm(long first, long last, List<(long First, long Last)> unacknowledged)
    {
        foreach (var gap in _disk.Settled.Gaps(first, last).ToList())
        {
            unacknowledged.AddRange(_acknowledged.Gaps(gap.First, gap.Last));
            Settle(gap.First, gap.Last);
            _progressAt = _clock.GetTimestamp();
        }
    }

    private void Settle(long first, long last)
    {
        _disk.Settle(first, last);
        _acknowledged.Remove(first, last);
        _again.Remove(first, last);
    }

    // Receivers get messages in their order: what they lack below the highest one that they have was lost on the way.
    private void SendGapsAgain(Receipt receipt)
    {
        if (_gapsAt is { } before && _clock.GetElapsedTime(before) < BetweenGaps)
            return;
        var highest = receipt.Ranges.Max(range => range.Last);
        foreach (var (first, last) in _stamps.PositionsOf(receipt.Run, receipt.Seq + 1, highest))
        {
            foreach (var gap in _disk.Settled.Gaps(first, last).ToList())
            {
                SendAgain(gap.First, gap.Last);
                _gapsAt = _clock.GetTimestamp();
            }
        }
    }

    private void SendAgain(long first, long last)
    {
        for (var position = first; position <= last; position++)
        {
            if (_acknowledged.Contains(position))
                _ = _again.Add(position);
        }
    }

    private void StopWaiting()
    {
        _disk.BecomeConfirmed(false);
        SettleAcknowledged();
    }

    private void SettleAcknowledged()
    {
        foreach (var (first, last) in _acknowledged.Ranges.ToList())
            Settle(first, last);
    }
}
