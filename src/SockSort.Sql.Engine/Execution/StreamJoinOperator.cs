using SockSort.Log;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <param name="BeforeMs">How much older than a left record its partner may be.</param>
/// <param name="AfterMs">How much newer than a left record its partner may be.</param>
/// <param name="GraceMs">
/// How long after its window's end a record without partner waits; null: it goes out at once, and again with a partner that comes.
/// </param>
internal sealed record StreamJoinWindow(long BeforeMs, long AfterMs, long? GraceMs)
{
    // Without a grace period, Kafka Streams keeps records of a join for a day beyond the window.
    private const long DefaultGraceMs = 86_400_000;

    public long RetentionMs => BeforeMs + AfterMs + (GraceMs ?? DefaultGraceMs);
}

/// <summary>Joins two streams: each record with those of the other side that have its key and are near enough in time.</summary>
/// <remarks>
/// Kafka Streams' KStreamKStreamJoin: both sides keep their records by their own newest time, and records without partner wait by the
/// common one.
/// </remarks>
internal sealed class StreamJoinOperator(
    JoinKey leftKey, JoinKey rightKey, JoinedRow joined, StreamJoinWindow window, JoinKind kind, QueryMetrics metrics)
    : JoinOperator, IKeepsState
{
    private const byte ClockPart = 0;
    private const byte LeftPart = 1;
    private const byte RightPart = 2;
    private const byte WaitingPart = 3;

    private readonly JoinWindow _left = new(window.RetentionMs);
    private readonly JoinWindow _right = new(window.RetentionMs);
    private readonly UnjoinedRows? _waiting = kind != JoinKind.Inner && window.GraceMs is not null ? new() : null;
    private readonly List<JoinRecord> _partners = [];
    private readonly Slot[] _row = new Slot[joined.Length];
    private long _streamTime = long.MinValue;

    public override long StateBytes => (_left.Count + _right.Count + (_waiting?.Count ?? 0)) * (120L + (16 * joined.Length));

    public override void Process(ref Change change, bool isLeft)
    {
        var key = isLeft ? leftKey : rightKey;
        if (change.New is not { } row || !key.Read(row, ref change))
        {
            metrics.Skip("a record was left out of a join: its key or value is NULL");
            return;
        }
        var at = change.Timestamp;
        var (own, other) = isLeft ? (_left, _right) : (_right, _left);
        own.Put(key.Full, at, row);
        _streamTime = Math.Max(_streamTime, at);
        if (at == _streamTime)
            EmitClosed();
        var until = at + (isLeft ? window.AfterMs : window.BeforeMs);
        other.Fetch(key.Full, Math.Max(0, at - (isLeft ? window.BeforeMs : window.AfterMs)), until, _partners);
        foreach (var (partnerAt, partner, _) in _partners)
        {
            _waiting?.Remove(key.Full, !isLeft, partnerAt);
            var (left, right) = isLeft ? (row, partner) : (partner, row);
            Emit(ref change, key.Value, left, right, Math.Max(at, partnerAt));
        }
        if (_partners.Count == 0 && GoesAlone(isLeft))
            Alone(ref change, key, isLeft, until);
    }

    public override void AdvanceTime(long streamTime)
    {
        if (_streamTime != long.MinValue && streamTime > _streamTime)
        {
            _streamTime = streamTime;
            EmitClosed();
        }
        base.AdvanceTime(streamTime);
    }

    public void KeepState()
    {
        _left.KeepState();
        _right.KeepState();
        _waiting?.KeepState();
    }

    public void SaveChanges(StateWriter into)
    {
        into.Put(ClockPart, value => value.Write(_streamTime));
        _left.SaveChanges(LeftPart, into);
        _right.SaveChanges(RightPart, into);
        _waiting?.SaveChanges(WaitingPart, into);
    }

    public void Restore(byte part, BinaryReader key, BinaryReader value)
    {
        switch (part)
        {
            case LeftPart:
                _left.Restore(key, value);
                break;
            case RightPart:
                _right.Restore(key, value);
                break;
            case WaitingPart:
                _waiting?.Restore(key, value);
                break;
            default:
                _streamTime = value.ReadInt64();
                break;
        }
    }

    private bool GoesAlone(bool isLeft) => kind == JoinKind.Outer || kind == (isLeft ? JoinKind.Left : JoinKind.Right);

    /// <summary>
    /// Handles a record without partner. A late one's window may be over already: nothing would ever emit it if it waited.
    /// </summary>
    private void Alone(ref Change change, JoinKey key, bool isLeft, long until)
    {
        if (_waiting is null || until < _streamTime)
            EmitAlone(ref change, key.Value, isLeft, change.New, change.Timestamp);
        else
            _waiting.Add(key.Full, isLeft, change.Timestamp, change.New!);
    }

    private void EmitClosed()
    {
        if (_waiting is null || _waiting.Count == 0)
            return;
        foreach (var (key, row, at, isLeft) in _waiting.TakeClosed(
            (at, isLeft) => at + (isLeft ? window.AfterMs : window.BeforeMs) + window.GraceMs!.Value < _streamTime))
        {
            var alone = new Change { Timestamp = at, Headers = RecordHeader.None };
            if (key.Length > 1)
                (alone.WindowStart, alone.WindowEnd) = (key[1].Bits, key[2].Bits);
            EmitAlone(ref alone, [key[0]], isLeft, row, at);
        }
    }

    private void EmitAlone(ref Change change, Slot[] key, bool isLeft, Slot[]? row, long at)
    {
        if (isLeft)
            Emit(ref change, key, row, null, at);
        else
            Emit(ref change, key, null, row, at);
    }

    private void Emit(ref Change change, Slot[] key, Slot[]? left, Slot[]? right, long at)
    {
        var result = new Change
        {
            Key = key,
            New = joined.Fill(_row, left, right, key),
            Timestamp = at,
            WindowStart = change.WindowStart,
            WindowEnd = change.WindowEnd,
            Headers = change.Headers,
        };
        Forward(ref result);
    }
}
