using System.Collections;
using SockSort.Sql.Catalog;
using SockSort.Sql.Parsing;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.State;

/// <summary>
/// Writes slots as bytes, each with a tag of its kind, so that state can be read without its plan. Little-endian, lengths as 7-bit numbers.
/// </summary>
internal static class ValueCodec
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, StructType> Structs = new(StringComparer.Ordinal);

    private enum Tag : byte
    {
        Null,
        Bits,
        Text,
        Decimal,
        Bytes,
        Array,
        Map,
        Struct,
        Flag,
        Integer,
        Bigint,
        Double,
        Date,
        Time,
        Timestamp,
        Set,
        Counts,
        Whole,
    }

    public static void Write(BinaryWriter into, in Slot slot)
    {
        if (ReferenceEquals(slot.Ref, Slot.Present))
        {
            WriteBits(into, slot.Bits);
        }
        else
            WriteObject(into, slot.Ref);
    }

    public static void Write(BinaryWriter into, ReadOnlySpan<Slot> slots)
    {
        into.Write7BitEncodedInt(slots.Length);
        foreach (ref readonly var slot in slots)
            Write(into, slot);
    }

    public static Slot[] ReadSlots(BinaryReader from)
    {
        var slots = new Slot[from.Read7BitEncodedInt()];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = ReadSlot(from);
        return slots;
    }

    public static Slot ReadSlot(BinaryReader from)
    {
        var tag = (Tag)from.ReadByte();
        return tag switch
        {
            Tag.Bits => Slot.Of(from.ReadInt64()),
            Tag.Whole => Slot.Of(ReadNumber(from)),
            _ => Slot.Of(ReadObject(from, tag)),
        };
    }

    /// <summary>Writes a whole number, in fewer bytes the nearer it is to 0.</summary>
    public static void WriteNumber(BinaryWriter into, long value) => into.Write7BitEncodedInt64((value << 1) ^ (value >> 63));

    public static long ReadNumber(BinaryReader from)
    {
        var value = from.Read7BitEncodedInt64();
        return (long)((ulong)value >> 1) ^ -(value & 1);
    }

    /// <summary>Writes a slot's bits as a number, which is short for counts and moments; a DOUBLE's bits are not short.</summary>
    private static void WriteBits(BinaryWriter into, long bits)
    {
        if (Math.Abs(bits >> 48) <= 1)
        {
            into.Write((byte)Tag.Whole);
            WriteNumber(into, bits);
            return;
        }
        into.Write((byte)Tag.Bits);
        into.Write(bits);
    }

    private static void WriteObject(BinaryWriter into, object? value)
    {
        into.Write((byte)TagOf(value));
        switch (value)
        {
            case string text:
                into.Write(text);
                break;
            case BigDecimal number:
                into.Write(number.ToString());
                break;
            case SqlBytes bytes:
                into.Write7BitEncodedInt(bytes.Content.Length);
                into.Write(bytes.Content);
                break;
            case SqlArray items:
                WriteAll(into, items.Count, items);
                break;
            case HashSet<object> items:
                WriteAll(into, items.Count, items);
                break;
            case SqlMap map:
                WriteAll(into, map.Count * 2, map.SelectMany(entry => new[] { entry.Key, entry.Value }));
                break;
            case SqlStruct row:
                into.Write(row.Type.ToString());
                WriteAll(into, row.Values.Count, row.Values);
                break;
            case Dictionary<Slot, long> counts:
                WriteCounts(into, counts);
                break;
            default:
                WriteScalar(into, value);
                break;
        }
    }

    private static void WriteScalar(BinaryWriter into, object? value)
    {
        switch (value)
        {
            case bool flag:
                into.Write(flag);
                break;
            case int number:
                into.Write(number);
                break;
            case long number:
                into.Write(number);
                break;
            case double number:
                into.Write(number);
                break;
            case SqlDate date:
                into.Write(date.Days);
                break;
            case SqlTime time:
                into.Write(time.Milliseconds);
                break;
            case SqlTimestamp timestamp:
                into.Write(timestamp.Milliseconds);
                break;
            default:
                break;
        }
    }

    private static Tag TagOf(object? value) => value switch
    {
        null => Tag.Null,
        string => Tag.Text,
        BigDecimal => Tag.Decimal,
        SqlBytes => Tag.Bytes,
        SqlArray => Tag.Array,
        SqlMap => Tag.Map,
        SqlStruct => Tag.Struct,
        bool => Tag.Flag,
        int => Tag.Integer,
        long => Tag.Bigint,
        double => Tag.Double,
        SqlDate => Tag.Date,
        SqlTime => Tag.Time,
        SqlTimestamp => Tag.Timestamp,
        HashSet<object> => Tag.Set,
        Dictionary<Slot, long> => Tag.Counts,
        _ => throw new InvalidOperationException($"state of the type {value.GetType().Name} cannot be kept"),
    };

    private static void WriteAll(BinaryWriter into, int count, IEnumerable items)
    {
        into.Write7BitEncodedInt(count);
        foreach (var item in items)
            WriteObject(into, item);
    }

    private static void WriteCounts(BinaryWriter into, Dictionary<Slot, long> counts)
    {
        into.Write7BitEncodedInt(counts.Count);
        foreach (var (slot, count) in counts)
        {
            Write(into, slot);
            into.Write(count);
        }
    }

    private static object? ReadObject(BinaryReader from, Tag tag) => tag switch
    {
        Tag.Null => null,
        Tag.Text => from.ReadString(),
        Tag.Decimal => BigDecimal.Parse(from.ReadString()),
        Tag.Bytes => new SqlBytes(from.ReadBytes(from.Read7BitEncodedInt())),
        Tag.Array => new SqlArray(ReadAll(from)),
        Tag.Map => ReadMap(from),
        Tag.Struct => new SqlStruct(TypeOf(from.ReadString()), ReadAll(from)),
        Tag.Flag => from.ReadBoolean(),
        Tag.Integer => from.ReadInt32(),
        Tag.Bigint => from.ReadInt64(),
        Tag.Double => from.ReadDouble(),
        Tag.Date => new SqlDate(from.ReadInt32()),
        Tag.Time => new SqlTime(from.ReadInt32()),
        Tag.Timestamp => new SqlTimestamp(from.ReadInt64()),
        Tag.Set => new HashSet<object>(ReadAll(from)!),
        Tag.Counts => ReadCounts(from),
        _ => throw new InvalidDataException($"kept state holds the unknown kind {(int)tag}"),
    };

    private static object?[] ReadAll(BinaryReader from)
    {
        var items = new object?[from.Read7BitEncodedInt()];
        for (var i = 0; i < items.Length; i++)
            items[i] = ReadObject(from, (Tag)from.ReadByte());
        return items;
    }

    private static SqlMap ReadMap(BinaryReader from)
    {
        var flat = ReadAll(from);
        var entries = new OrderedDictionary<object, object?>();
        for (var i = 0; i < flat.Length; i += 2)
            entries[flat[i]!] = flat[i + 1];
        return new SqlMap(entries);
    }

    private static Dictionary<Slot, long> ReadCounts(BinaryReader from)
    {
        var counts = new Dictionary<Slot, long>(SlotComparer.Instance);
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
            counts[ReadSlot(from)] = from.ReadInt64();
        return counts;
    }

    private static StructType TypeOf(string text) => Structs.GetOrAdd(text, static shown =>
        (StructType)new TypeResolver(new Dictionary<string, SqlType>()).Resolve(SqlParser.ParseColumns($"kept {shown}")[0].Type));
}
