using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads a single value as Kafka's own serializers write it: numbers big-endian, strings in UTF-8.</summary>
internal sealed class KafkaReader(FormatColumn column) : IRowReader
{
    private readonly Utf8StringCache _strings = new();

    public void Read(ReadOnlySpan<byte> bytes, Slot[] row)
    {
        if (column.Slot < 0)
            return;
        var size = SizeOf(column.Type.Base);
        if (size > 0 && bytes.Length != size)
            throw new RecordException($"field '{column.Name}': {size} bytes are needed for {column.Type}, the record holds {bytes.Length}");
        row[column.Slot] = column.Type.Base switch
        {
            SqlBaseType.Integer => Slot.Of((long)BinaryPrimitives.ReadInt32BigEndian(bytes)),
            SqlBaseType.Bigint => Slot.Of(BinaryPrimitives.ReadInt64BigEndian(bytes)),
            SqlBaseType.Double => Slot.Of(BinaryPrimitives.ReadDoubleBigEndian(bytes)),
            SqlBaseType.Bytes => Slot.Of(new SqlBytes(bytes.ToArray())),
            _ => Slot.Of(_strings.Get(bytes)),
        };
    }

    private static int SizeOf(SqlBaseType type) => type switch
    {
        SqlBaseType.Integer => 4,
        SqlBaseType.Bigint or SqlBaseType.Double => 8,
        _ => 0,
    };
}

/// <summary>Writes a single value as Kafka's own serializers do; NULL has no bytes.</summary>
internal sealed class KafkaWriter(FormatColumn column) : IRowWriter
{
    public bool Write(Slot[] row, IBufferWriter<byte> into)
    {
        ref var slot = ref row[column.Slot];
        if (slot.IsNull)
            return false;
        switch (column.Type.Base)
        {
            case SqlBaseType.Integer:
                BinaryPrimitives.WriteInt32BigEndian(into.GetSpan(4), (int)slot.Bits);
                into.Advance(4);
                break;
            case SqlBaseType.Bigint:
                BinaryPrimitives.WriteInt64BigEndian(into.GetSpan(8), slot.Bits);
                into.Advance(8);
                break;
            case SqlBaseType.Double:
                BinaryPrimitives.WriteDoubleBigEndian(into.GetSpan(8), slot.AsDouble);
                into.Advance(8);
                break;
            case SqlBaseType.Bytes:
                into.Write(((SqlBytes)slot.Ref!).Content);
                break;
            default:
                _ = Encoding.UTF8.GetBytes((string)slot.Ref!, into);
                break;
        }
        return true;
    }
}
