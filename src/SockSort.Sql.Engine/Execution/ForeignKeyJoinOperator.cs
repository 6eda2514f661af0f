using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Joins a table's rows with the rows of another table whose keys they name (foreign key); the result has the left table's keys.
/// </summary>
/// <param name="foreignKey">Evaluates the key of the right row for a left one.</param>
/// <param name="isLeftJoin">Whether left rows go out without a right row too.</param>
/// <param name="keyOrder">The order of the left keys, in which the rows of one right row change.</param>
internal sealed class ForeignKeyJoinOperator(SlotEvaluator foreignKey, JoinedRow joined, bool isLeftJoin, KeyByteOrder keyOrder)
    : JoinOperator, IKeepsState
{
    private const byte FollowerPart = 0;

    private readonly Dictionary<Slot[], SortedDictionary<Slot[], TableRow>> _followers = new(RowKeyComparer.Instance);
    private readonly Slot[] _oldForeign = new Slot[1];
    private readonly Slot[] _newForeign = new Slot[1];
    private readonly Slot[] _new = new Slot[joined.Length];
    private readonly Slot[] _old = new Slot[joined.Length];
    private long _count;
    private HashSet<Slot[]>? _changed;

    public Dictionary<Slot[], TableRow> Right { get; set; } = [];

    public override long StateBytes => _count * (200L + (16 * joined.Length));

    public override void Process(ref Change change, bool isLeft)
    {
        if (isLeft)
            FromLeft(ref change);
        else
            FromRight(ref change);
    }

    public void KeepState() => _changed = new(RowKeyComparer.Instance);

    public void SaveChanges(StateWriter into)
    {
        foreach (var place in _changed ?? [])
        {
            if (_followers.TryGetValue(place[..1], out var followers) && followers.TryGetValue(place[1..], out var row))
                into.Put(FollowerPart, place, value => KeptTable.Write(value, row));
            else
                into.Remove(FollowerPart, place);
        }
        _changed?.Clear();
    }

    public void Restore(byte part, BinaryReader key, BinaryReader value)
    {
        var place = ValueCodec.ReadSlots(key);
        Follow(place[..1], place[1..], new TableRow(ValueCodec.ReadSlots(value), value.ReadInt64(), value.ReadInt32()));
    }

    private void Changed(Slot[] foreign, Slot[] key) => _ = _changed?.Add([.. foreign, .. key]);

    private void FromLeft(ref Change change)
    {
        var hadForeign = Foreign(change.Old, _oldForeign);
        var hasForeign = Foreign(change.New, _newForeign);
        if (hadForeign)
            Unfollow(_oldForeign, change.Key!);
        if (hasForeign)
            Follow(_newForeign, change.Key!, new((Slot[])change.New!.Clone(), change.Timestamp));
        var (oldRight, newRight) = (RightOf(hadForeign, _oldForeign), RightOf(hasForeign, _newForeign));
        var result = change;
        result.Old = Joined(_old, change.Old, oldRight?.Row, change.Key!);
        result.New = Joined(_new, change.New, newRight?.Row, change.Key!);
        // A row whose partner is gone, or never was, was no row of an inner join: only where one may have been there is something to take
        // back.
        if (result.New is null && change.Old is null)
            return;
        if (newRight is { } right)
            result.Timestamp = Math.Max(change.Timestamp, right.Timestamp);
        Forward(ref result);
    }

    private void FromRight(ref Change change)
    {
        if (!_followers.TryGetValue(change.Key!, out var followers))
            return;
        foreach (var (key, left) in followers)
        {
            var result = change;
            result.Key = key;
            result.Old = Joined(_old, left.Row, change.Old, key);
            result.New = Joined(_new, left.Row, change.New, key);
            result.Timestamp = Math.Max(change.Timestamp, left.Timestamp);
            Forward(ref result);
        }
    }

    private Slot[]? Joined(Slot[] target, Slot[]? left, Slot[]? right, Slot[] key) =>
        left is null || (right is null && !isLeftJoin) ? null : joined.Fill(target, left, right, key);

    private bool Foreign(Slot[]? row, Slot[] foreign)
    {
        if (row is null)
            return false;
        foreignKey(row, ref foreign[0]);
        return !foreign[0].IsNull;
    }

    private TableRow? RightOf(bool hasForeign, Slot[] foreign) => hasForeign && Right.TryGetValue(foreign, out var row) ? row : null;

    private void Follow(Slot[] foreign, Slot[] key, TableRow row)
    {
        if (!_followers.TryGetValue(foreign, out var followers))
            _followers.Add((Slot[])foreign.Clone(), followers = new(keyOrder));
        followers[(Slot[])key.Clone()] = row;
        _count++;
        Changed(foreign, key);
    }

    private void Unfollow(Slot[] foreign, Slot[] key)
    {
        if (!_followers.TryGetValue(foreign, out var followers) || !followers.Remove(key))
            return;
        _count--;
        Changed(foreign, key);
        if (followers.Count == 0)
            _ = _followers.Remove(foreign);
    }
}
