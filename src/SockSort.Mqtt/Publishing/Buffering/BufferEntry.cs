using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>
/// Encodes and decodes the entries of the disk buffer's files. All numbers are little-endian. An entry is the length of its body (uint32),
/// the body's CRC-32C (uint32), and the body. The body of a message is: kind (byte), flags (byte), topic (uint16 length, UTF-8), with a
/// stamp also the run (uint16 length, UTF-8) and the number (int64), then the payload. The body of a settled range is: kind (byte), first
/// and last position (int64 each).
/// </summary>
internal static class BufferEntry
{
    public const int HeaderBytes = 8;

    private const byte Message = 1;
    private const byte Settled = 2;
    private const byte Retained = 1;
    private const byte Stamped = 2;
    private const int FixedBytes = 2 + sizeof(ushort);

    public static byte[] Of(OutboxMessage message)
    {
        var topic = Encoding.UTF8.GetBytes(message.Topic);
        var run = message.Stamp is { } stamp ? Encoding.UTF8.GetBytes(stamp.Run) : null;
        var stampBytes = run is null ? 0 : sizeof(ushort) + run.Length + sizeof(long);
        var entry = new byte[HeaderBytes + FixedBytes + topic.Length + stampBytes + message.Payload.Length];
        var body = entry.AsSpan(HeaderBytes);
        body[0] = Message;
        if (message.Retain)
            body[1] |= Retained;
        if (run is not null)
            body[1] |= Stamped;
        var rest = WriteText(body[2..], topic);
        if (run is not null)
        {
            rest = WriteText(rest, run);
            BinaryPrimitives.WriteInt64LittleEndian(rest, message.Stamp!.Value.Seq);
            rest = rest[sizeof(long)..];
        }
        message.Payload.Span.CopyTo(rest);
        return Sealed(entry);
    }

    /// <summary>Encodes a range of settled positions, whose messages need not be sent any more.</summary>
    public static byte[] OfSettled(long first, long last)
    {
        var entry = new byte[HeaderBytes + 1 + (2 * sizeof(long))];
        entry[HeaderBytes] = Settled;
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(HeaderBytes + 1), first);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(HeaderBytes + 1 + sizeof(long)), last);
        return Sealed(entry);
    }

    /// <summary>Returns the body of the entry at the start of the data; empty where the entry is cut off or damaged.</summary>
    public static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes)
            return default;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file);
        if (length == 0 || length > file.Length - HeaderBytes)
            return default;
        var body = file.Slice(HeaderBytes, (int)length);
        return BinaryPrimitives.ReadUInt32LittleEndian(file[sizeof(uint)..]) == Checksum(body) ? body : default;
    }

    /// <summary>Writes the header of an entry whose body is complete.</summary>
    /// <param name="entry">The header's bytes, then the body.</param>
    public static void Seal(Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)(entry.Length - HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(entry[sizeof(uint)..], Checksum(entry[HeaderBytes..]));
    }

    public static bool IsMessage(ReadOnlySpan<byte> body) => body[0] == Message;

    /// <summary>Returns the positions of an entry that is a settled range.</summary>
    public static (long First, long Last) SettledOf(ReadOnlySpan<byte> body) =>
        (BinaryPrimitives.ReadInt64LittleEndian(body[1..]), BinaryPrimitives.ReadInt64LittleEndian(body[(1 + sizeof(long))..]));

    public static OutboxMessage MessageOf(ReadOnlySpan<byte> body)
    {
        var flags = body[1];
        var rest = body[2..];
        var topic = ReadText(ref rest);
        MessageStamp? stamp = null;
        if ((flags & Stamped) != 0)
        {
            var run = ReadText(ref rest);
            stamp = new MessageStamp(run, BinaryPrimitives.ReadInt64LittleEndian(rest));
            rest = rest[sizeof(long)..];
        }
        return new OutboxMessage(topic, rest.ToArray(), (flags & Retained) != 0, stamp);
    }

    private static Span<byte> WriteText(Span<byte> to, byte[] text)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)text.Length);
        text.CopyTo(to[sizeof(ushort)..]);
        return to[(sizeof(ushort) + text.Length)..];
    }

    private static string ReadText(ref ReadOnlySpan<byte> from)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(from);
        var text = Encoding.UTF8.GetString(from.Slice(sizeof(ushort), length));
        from = from[(sizeof(ushort) + length)..];
        return text;
    }

    private static byte[] Sealed(byte[] entry)
    {
        Seal(entry);
        return entry;
    }

    private static uint Checksum(ReadOnlySpan<byte> body)
    {
        var checksum = uint.MaxValue;
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var one in body)
            checksum = BitOperations.Crc32C(checksum, one);
        return ~checksum;
    }
}
