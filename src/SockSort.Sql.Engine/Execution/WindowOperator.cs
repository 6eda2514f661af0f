using SockSort.Log;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <param name="SizeMs">Length of a window.</param>
/// <param name="AdvanceMs">Distance of the starts of two windows; the size for tumbling ones.</param>
/// <param name="GraceMs">How long after a window's end late records are still taken.</param>
/// <param name="RetentionMs">How long from a window's start its state is kept.</param>
/// <param name="IsFinal">Whether only the last row of a closed window goes out.</param>
/// <param name="IsStreamTimeOnly">Whether windows close by records alone, and are forgotten as Kafka Streams does, for conformance.</param>
internal sealed record TimeWindows(long SizeMs, long AdvanceMs, long GraceMs, long RetentionMs, bool IsFinal, bool IsStreamTimeOnly);

/// <summary>GROUP BY over tumbling and hopping windows.</summary>
/// <param name="boundSlots">The slots of the window's start and end in the row; -1 where no column asks for them.</param>
internal sealed class WindowOperator(
    GroupKey groupBy, GroupAccumulators accumulators, TimeWindows windows, (int Start, int End) boundSlots,
    QueryMetrics metrics) : Operator, IKeepsState
{
    private const byte ClockPart = 0;
    private const byte GroupPart = 1;
    private const long Unknown = long.MinValue;

    private readonly WindowedGroups _groups = new(GroupPart);
    private readonly KeyCache _keys = new();
    private readonly Slot[] _key = new Slot[groupBy.Length];
    private readonly Slot[] _before = new Slot[accumulators.RowLength];
    private readonly Slot[] _after = new Slot[accumulators.RowLength];
    private long _firstStart;
    private long _streamTime = Unknown;
    private long _newestStart = Unknown;
    private long _lastEmitClose = Unknown;

    public override long StateBytes => _groups.Count * (40L + 24 + (16 * _key.Length) + GroupState.LengthBytes(accumulators.Width));

    public override void Process(ref Change change)
    {
        if (change.New is null || !groupBy.TryRead(change.New, _key))
            return;
        var advanced = change.Timestamp > _streamTime;
        if (advanced)
            _streamTime = change.Timestamp;
        var closed = _streamTime - windows.GraceMs;
        var taken = false;
        var first = FirstStart(change.Timestamp);
        // The second condition ends it at the last moments that there are, where adding begins again below zero.
        for (var start = first; start <= change.Timestamp && start >= first; start += windows.AdvanceMs)
        {
            if (start + windows.SizeMs <= closed)
                continue;
            taken = true;
            Update(ref change, start);
        }
        if (!taken)
            metrics.CountLate();
        if (advanced)
            Close(closed);
    }

    public override void AdvanceTime(long streamTime)
    {
        if (_streamTime != Unknown && streamTime > _streamTime)
        {
            _streamTime = streamTime;
            Close(streamTime - windows.GraceMs);
        }
        base.AdvanceTime(streamTime);
    }

    public void KeepState()
    {
        _groups.KeepState();
        // Of windows that are over, some may lie among others that are not.
        if (_streamTime != Unknown)
            Forget(_streamTime - windows.GraceMs);
    }

    public void SaveChanges(StateWriter into)
    {
        into.Put(ClockPart, value =>
        {
            value.Write(_streamTime);
            value.Write(_newestStart);
            value.Write(_lastEmitClose);
        });
        _groups.SaveChanges(into);
    }

    public void Restore(byte part, BinaryReader key, BinaryReader value)
    {
        if (part == GroupPart)
            _groups.Restore(key, value);
        else
            (_streamTime, _newestStart, _lastEmitClose) = (value.ReadInt64(), value.ReadInt64(), value.ReadInt64());
    }

    /// <summary>The earliest window that holds the moment; none starts before 1970 (Kafka Streams' TimeWindows.windowsFor).</summary>
    private long FirstStart(long timestamp)
    {
        var earliest = Math.Max(0, timestamp - windows.SizeMs + windows.AdvanceMs);
        // Most records have the first window of the one before: a division is the dearest of all that is done with numbers here.
        if ((ulong)(earliest - _firstStart) >= (ulong)windows.AdvanceMs)
            _firstStart = earliest / windows.AdvanceMs * windows.AdvanceMs;
        return _firstStart;
    }

    private void Update(ref Change change, long start)
    {
        var groups = _groups.At(start);
        _newestStart = Math.Max(_newestStart, start);
        var isNew = !groups.TryGetValue(_key, out var state);
        if (isNew)
        {
            state = accumulators.Start(_keys.Own(_key), groups.Spare);
            state.Start = start;
            _groups.Add(groups, state);
        }
        else if (!windows.IsFinal)
            Write(state!, start, _before);
        accumulators.Add(state!, change.New!);
        state!.Timestamp = Math.Max(state.Timestamp, change.Timestamp);
        _groups.Changed(state);
        if (!windows.IsFinal)
            Emit(state, start, isNew ? null : _before, change.Headers);
    }

    private void Emit(GroupState state, long start, Slot[]? before, IReadOnlyList<RecordHeader> headers)
    {
        Write(state, start, _after);
        var result = new Change
        {
            Key = state.Key,
            Old = before,
            New = _after,
            Timestamp = state.Timestamp,
            WindowStart = start,
            WindowEnd = start + windows.SizeMs,
            Headers = headers,
        };
        Forward(ref result);
    }

    private void Write(GroupState state, long start, Slot[] row)
    {
        accumulators.Write(state, row);
        if (boundSlots.Start >= 0)
            row[boundSlots.Start] = Slot.Of(start);
        if (boundSlots.End >= 0)
            row[boundSlots.End] = Slot.Of(start + windows.SizeMs);
    }

    private void Close(long closed)
    {
        if (windows.IsFinal)
            EmitClosed(closed);
        Forget(closed);
    }

    private void Forget(long closed)
    {
        var expired = Math.Max(_streamTime - windows.RetentionMs, long.MinValue + windows.RetentionMs);
        _groups.Expire(Math.Min(expired, closed - windows.SizeMs + 1));
    }

    /// <summary>
    /// Emits the rows of windows that have closed since the last time. With stream time alone, windows that start earlier than size and
    /// grace before the newest one are forgotten first, as in Kafka Streams' store (suppress.json: large jump).
    /// </summary>
    private void EmitClosed(long closed)
    {
        if (closed == _lastEmitClose || closed - windows.SizeMs < 0)
            return;
        var kept = windows.IsStreamTimeOnly ? _newestStart - windows.SizeMs - windows.GraceMs : long.MinValue;
        var from = _lastEmitClose == Unknown ? 0 : Math.Max(0, _lastEmitClose - windows.SizeMs + 1);
        foreach (var (start, groups) in _groups.Between(Math.Max(from, kept), closed - windows.SizeMs))
        {
            foreach (var state in groups.Groups)
                Emit(state, start, before: null, RecordHeader.None);
        }
        _lastEmitClose = closed;
    }
}
