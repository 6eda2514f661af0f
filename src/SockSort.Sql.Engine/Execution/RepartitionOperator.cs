using SockSort.Sql.Engine.State;
using SockSort.Sql.Formats;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Reads the rows that <see cref="RepartitionSink"/> has written, and hands them on as the changes that they were.</summary>
internal sealed class RepartitionOperator : Operator, IRowReader
{
    private Slot[]? _old;
    private bool _hasNew;

    /// <summary>Reads a row, and behind its columns the time of the change.</summary>
    public void Read(ReadOnlySpan<byte> bytes, Slot[] row)
    {
        using var from = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false));
        try
        {
            var holds = from.ReadByte();
            row[^1] = Slot.Of(from.ReadInt64());
            _old = (holds & RepartitionSink.HasOld) == 0 ? null : ValueCodec.ReadSlots(from);
            _hasNew = (holds & RepartitionSink.HasNew) != 0;
            if (_hasNew)
                ValueCodec.ReadSlots(from).CopyTo(row, 0);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException or ArgumentException or FormatException)
        {
            throw new RecordException("it is no row of this query", error);
        }
    }

    public override void Process(ref Change change)
    {
        var whole = change;
        whole.Old = _old;
        whole.New = _hasNew ? change.New : null;
        Forward(ref whole);
    }
}
