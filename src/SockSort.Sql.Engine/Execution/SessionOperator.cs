using SockSort.Log;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// GROUP BY over sessions: a record joins the sessions of its key that are no more than the gap away, and makes them one.
/// </summary>
/// <param name="gapMs">Longest silence within a session.</param>
/// <param name="graceMs">How long after a session's end, gap included, late records are still taken.</param>
/// <param name="isFinal">Whether only the row of a closed session goes out.</param>
/// <param name="boundSlots">The slots of start and end in the row; -1 where no column asks for them.</param>
internal sealed class SessionOperator(
    GroupKey groupBy, GroupAccumulators accumulators, long gapMs, long graceMs, bool isFinal, (int Start, int End) boundSlots,
    QueryMetrics metrics) : Operator, IKeepsState
{
    private const byte ClockPart = 0;
    private const byte SessionPart = 1;

    private readonly KeySessions _sessions = new();
    private readonly KeyCache _keys = new();
    private readonly Slot[] _key = new Slot[groupBy.Length];
    private readonly Slot[] _before = new Slot[accumulators.RowLength];
    private readonly Slot[] _after = new Slot[accumulators.RowLength];
    private long _streamTime = long.MinValue;

    public override long StateBytes => (_sessions.Count * (40L + 40 + (16 * _key.Length) + 120 + (16 * accumulators.Width)));

    public override void Process(ref Change change)
    {
        if (change.New is null || !groupBy.TryRead(change.New, _key))
            return;
        _streamTime = Math.Max(_streamTime, change.Timestamp);
        var closed = _streamTime - graceMs - gapMs;
        Close(closed, change.Headers);
        var joined = _sessions.Near(_key, change.Timestamp, gapMs);
        var (start, end) = (change.Timestamp, change.Timestamp);
        foreach (var session in joined)
            (start, end) = (Math.Min(start, session.Start), Math.Max(end, session.End));
        if (end < closed)
        {
            metrics.CountLate();
            return;
        }
        Join(ref change, joined, start, end);
    }

    public override void AdvanceTime(long streamTime)
    {
        if (_streamTime != long.MinValue && streamTime > _streamTime)
        {
            _streamTime = streamTime;
            Close(streamTime - graceMs - gapMs, RecordHeader.None);
        }
        base.AdvanceTime(streamTime);
    }

    public void KeepState() => _sessions.KeepState();

    public void SaveChanges(StateWriter into)
    {
        into.Put(ClockPart, value => value.Write(_streamTime));
        _sessions.SaveChanges(SessionPart, into);
    }

    public void Restore(byte part, BinaryReader key, BinaryReader value)
    {
        if (part == SessionPart)
            _sessions.Restore(key, value);
        else
            _streamTime = value.ReadInt64();
    }

    private void Join(ref Change change, List<Session> joined, long start, long end)
    {
        foreach (var session in joined)
        {
            // A session that keeps its bounds is updated; one that grows goes, and the grown one comes.
            if (!isFinal && (session.Start != change.Timestamp || session.End != change.Timestamp || start != end))
                Emit(session, isGone: true, change.Headers);
        }
        var grown = joined.Count == 0 ? new(accumulators.Start(_keys.Own(_key)), start, end) : Merge(joined, start, end);
        accumulators.Add(grown.State, change.New!);
        if (joined.Count == 0)
            _sessions.Add(grown);
        if (!isFinal)
            Emit(grown, isGone: false, change.Headers);
    }

    /// <summary>Makes one session of those that a record joins: the first takes in the others, so that mostly none is made anew.</summary>
    private Session Merge(List<Session> joined, long start, long end)
    {
        var first = joined[0];
        for (var i = 1; i < joined.Count; i++)
        {
            accumulators.Merge(first.State, joined[i].State);
            _sessions.Remove(joined[i]);
        }
        _sessions.Grow(first, start, end);
        return first;
    }

    /// <summary>Rows of closed sessions go out where only those are wanted; all closed ones are forgotten.</summary>
    private void Close(long closed, IReadOnlyList<RecordHeader> headers)
    {
        if (!_sessions.MayHaveEndedBefore(closed))
            return;
        foreach (var session in _sessions.TakeEndedBefore(closed))
        {
            if (isFinal)
                Emit(session, isGone: false, headers);
        }
    }

    private void Emit(Session session, bool isGone, IReadOnlyList<RecordHeader> headers)
    {
        var row = isGone ? _before : _after;
        accumulators.Write(session.State, row);
        if (boundSlots.Start >= 0)
            row[boundSlots.Start] = Slot.Of(session.Start);
        if (boundSlots.End >= 0)
            row[boundSlots.End] = Slot.Of(session.End);
        var result = new Change
        {
            Key = session.State.Key,
            Old = isGone ? row : null,
            New = isGone ? null : row,
            Timestamp = session.End,
            WindowStart = session.Start,
            WindowEnd = session.End,
            Headers = headers,
        };
        Forward(ref result);
    }
}
