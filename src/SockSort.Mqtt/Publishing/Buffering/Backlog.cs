using SockSort.Shared;

namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>
/// The messages of the disk buffer that are still to be sent, or that wait for a receipt. Not thread-safe: the outbox guards it.
/// </summary>
internal sealed class Backlog : IDisposable
{
    // Beyond this number, only the last message is sent again; its receipt tells which others are missing.
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

    /// <exception cref="MqttException">The folder can't be written, or another process uses it.</exception>
    public Backlog(PublisherOptions options, TimeProvider clock)
    {
        (_clock, _patience) = (clock, options.ReceiptTopic is null ? TimeSpan.Zero : options.ReceiptPatience);
        _disk = DiskBuffer.Open(options, clock, Index);
        _next = _disk.First;
        _progressAt = _receiptAt = clock.GetTimestamp();
        SkipSettled();
        Restored = Unread;
    }

    /// <summary>The number of messages that an earlier start has left to be sent.</summary>
    public long Restored { get; }

    /// <summary>The number of acknowledged messages that were dropped for lack of space before a receiver confirmed them.</summary>
    public long Unconfirmed { get; private set; }

    public long Bytes => _disk.Bytes;

    public int Torn => _disk.Torn;

    /// <summary>The number of messages that are to be read from disk and sent.</summary>
    public long Unread => Within(_next, _disk.Next - 1) + AgainCount;

    /// <summary>Whether messages on disk must be sent before a new one.</summary>
    public bool HasUnread => Unread > 0;

    /// <summary>Whether a message is on disk; false for one that was dropped for lack of space while it was in flight.</summary>
    public bool Has(long position) => position >= _disk.First;

    private long AgainCount => _again.Ranges.Sum(range => range.Last - range.First + 1);

    /// <summary>Closes the buffer. Where no receiver confirms messages, those that the broker has acknowledged are settled first.</summary>
    public void Dispose()
    {
        if (!_disk.IsConfirmed)
            SettleAcknowledged();
        _disk.Dispose();
    }

    /// <summary>Writes a message to disk.</summary>
    /// <param name="isTaken">Whether the message is in memory as well, and so need not be read from disk.</param>
    /// <returns>The positions that were dropped for lack of space.</returns>
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

    /// <summary>Forgets positions that the disk buffer has dropped.</summary>
    /// <returns>The number of messages that are lost by this, apart from those in flight.</returns>
    public long Drop(DroppedRange gone, IReadOnlyCollection<long> inFlight)
    {
        var (first, last) = (gone.First, gone.Last);
        // A message that the broker has acknowledged is not lost, as far as this publisher can know.
        var acknowledged = _acknowledged.CountWithin(first, last);
        Unconfirmed += acknowledged;
        _acknowledged.Remove(first, last);
        _again.Remove(first, last);
        _next = Math.Max(_next, last + 1);
        return gone.Unsettled - acknowledged - inFlight.Count(position => position >= first && position <= last);
    }

    /// <summary>Returns the next message on disk to send; null where there is none.</summary>
    /// <param name="isInFlight">Tells whether the message at a position is in flight.</param>
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

    /// <summary>Notes that the broker has acknowledged a message.</summary>
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

    /// <summary>Settles a message that nobody will get, so that it is not sent again.</summary>
    public void GiveUp(long position)
    {
        _disk.Settle(position, position);
        _disk.WriteSettled();
    }

    /// <summary>Settles the messages that a receipt confirms.</summary>
    /// <returns>Positions that this has settled although the broker has not acknowledged them.</returns>
    public IReadOnlyList<(long First, long Last)> Confirm(Receipt receipt)
    {
        _receiptAt = _clock.GetTimestamp();
        if (!_disk.IsConfirmed)
            _disk.BecomeConfirmed(true);
        _acknowledgedAt.Clear();
        // The receiver is there, so the back-off for missing messages starts anew.
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
    /// Checks what has waited too long: settles messages that nobody confirms, and sends one again where receipts have stopped.
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

    /// <summary>
    /// Called when the connection has ended: messages that were not acknowledged are read again, and so are those that a restarted broker
    /// may have lost.
    /// </summary>
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

    /// <summary>Returns how many messages between two positions are neither settled nor acknowledged.</summary>
    private long Within(long first, long last) =>
        last < first ? 0 : last - first + 1 - _disk.Settled.CountWithin(first, last) - _acknowledged.CountWithin(first, last);

    /// <summary>
    /// Returns the next position, smallest first, so that messages that are sent again keep their order; null where there is none.
    /// </summary>
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

    // Receivers get messages in order, so a number missing below the highest one that they have was lost on the way.
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
