using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Joins two tables by their keys: a change of either gives the joined row before and after it.</summary>
/// <remarks>Kafka Streams' KTableKTableInnerJoin, LeftJoin and OuterJoin.</remarks>
internal sealed class TableJoinOperator(JoinedRow joined, JoinKind kind, WindowType? window, int keyLength) : JoinOperator, IKeepsState
{
    private const byte LeftPart = 0;

    private readonly Slot[] _windowedKey = new Slot[keyLength + 2];
    private readonly Slot[] _new = new Slot[joined.Length];
    private readonly Slot[] _old = new Slot[joined.Length];
    private readonly Dictionary<Slot[], TableRow> _ownLeft = new(RowKeyComparer.Instance);
    private KeptTable? _kept;

    /// <summary>The rows that the left source keeps; null where the left side is a join itself, whose rows are kept here.</summary>
    public Dictionary<Slot[], TableRow>? Left { get; set; }

    public Dictionary<Slot[], TableRow> Right { get; set; } = [];

    public override long StateBytes => _ownLeft.Count * (40L + 48 + 16 + (16 * joined.Length));

    public override void Process(ref Change change, bool isLeft)
    {
        var key = window is null ? change.Key! : WindowedKeys.Of(change.Key!, ref change, window, _windowedKey);
        if (isLeft && Left is null)
            Keep(key, ref change);
        var hasPartner = (isLeft ? Right : Left ?? _ownLeft).TryGetValue(key, out var partner);
        var goesAlone = kind == JoinKind.Outer || kind == (isLeft ? JoinKind.Left : JoinKind.Right);
        if (!hasPartner && (!goesAlone || (change.Old is null && change.New is null)))
            return;
        var partnerGoesAlone = hasPartner && (kind == JoinKind.Outer || kind == (isLeft ? JoinKind.Right : JoinKind.Left));
        var result = change;
        result.New = change.New is null && !partnerGoesAlone ? null : Joined(_new, ref change, change.New, partner.Row, isLeft);
        result.Old = change.Old is null && !partnerGoesAlone ? null : Joined(_old, ref change, change.Old, partner.Row, isLeft);
        if (hasPartner)
            result.Timestamp = Math.Max(change.Timestamp, partner.Timestamp);
        Forward(ref result);
    }

    public void KeepState() => (_kept = new KeptTable(LeftPart, _ownLeft)).KeepState();

    public void SaveChanges(StateWriter into) => _kept!.SaveChanges(into);

    public void Restore(byte part, BinaryReader key, BinaryReader value) => _ = new KeptTable(LeftPart, _ownLeft).Restore(key, value);

    private Slot[] Joined(Slot[] target, ref Change change, Slot[]? row, Slot[]? partner, bool isLeft)
    {
        var (left, right) = isLeft ? (row, partner) : (partner, row);
        return joined.Fill(target, left, right, change.Key!);
    }

    private void Keep(Slot[] key, ref Change change)
    {
        _kept?.Changed(key);
        if (change.New is null)
            _ = _ownLeft.Remove(key);
        else
            _ownLeft[_ownLeft.ContainsKey(key) ? key : (Slot[])key.Clone()] = new((Slot[])change.New.Clone(), change.Timestamp);
    }
}
