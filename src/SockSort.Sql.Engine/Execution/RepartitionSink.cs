using SockSort.Log;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Writes the rows that are to be grouped into a topic by their group, so that all of a group meet where its partition is worked on.
/// </summary>
/// <remarks>
/// Only the second stage of the same query reads them (<see cref="RepartitionOperator"/>): they hold the rows as the operators have them,
/// old and new one together where both are of one group, as a table's change has them.
/// </remarks>
internal sealed class RepartitionSink(GroupKey groupBy, bool overTable, string topic, ITopicWriter topics, QueryMetrics metrics) : Operator
{
    /// <summary>Set in a record's first byte where it holds the row before a change.</summary>
    public const byte HasOld = 1;

    /// <summary>Set in a record's first byte where it holds the row now.</summary>
    public const byte HasNew = 2;

    private readonly Slot[] _key = new Slot[groupBy.Length];
    private readonly Slot[] _oldKey = new Slot[groupBy.Length];
    private readonly MemoryStream _bytes = new();

    public override void Process(ref Change change)
    {
        var hadKey = overTable && change.Old is not null && groupBy.TryRead(change.Old, _oldKey);
        var hasKey = change.New is not null && groupBy.TryRead(change.New, _key);
        if (hadKey && hasKey && RowKeyComparer.Instance.Equals(_oldKey, _key))
        {
            Write(_key, change.Old, change.New, in change);
            return;
        }
        if (hadKey)
            Write(_oldKey, change.Old, now: null, in change);
        if (hasKey)
            Write(_key, old: null, change.New, in change);
    }

    public override void AdvanceTime(long streamTime)
    {
    }

    private void Write(Slot[] key, Slot[]? old, Slot[]? now, in Change change)
    {
        var (time, holds) = (change.Timestamp, Holds(old, HasOld) | Holds(now, HasNew));
        var keyBytes = BytesOf(into => ValueCodec.Write(into, key));
        var value = BytesOf(into =>
        {
            into.Write((byte)holds);
            into.Write(time);
            if (old is not null)
                ValueCodec.Write(into, old);
            if (now is not null)
                ValueCodec.Write(into, now);
        });
        // The record's own time is that of its writing, since the broker may keep records for so long after it.
        _ = topics.Write(topic, new NewRecord(keyBytes, value, TimestampMs: null, change.Headers), metrics);
    }

    private static int Holds(Slot[]? row, byte flag) => row is null ? 0 : flag;

    private byte[] BytesOf(Action<BinaryWriter> write)
    {
        _bytes.SetLength(0);
        using var writer = new BinaryWriter(_bytes, System.Text.Encoding.UTF8, leaveOpen: true);
        write(writer);
        writer.Flush();
        return _bytes.ToArray();
    }
}
