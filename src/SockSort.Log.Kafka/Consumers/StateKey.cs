using System.Buffers.Binary;
using System.Text;

namespace SockSort.Log.Kafka.Consumers;

/// <summary>The key of a record of state: length of the owner's name (2 bytes, big endian), the name in UTF-8, the entry's key.</summary>
internal static class StateKey
{
    public static byte[] Of(string owner, ReadOnlySpan<byte> key)
    {
        var length = Encoding.UTF8.GetByteCount(owner);
        var bytes = new byte[sizeof(ushort) + length + key.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)length));
        _ = Encoding.UTF8.GetBytes(owner, bytes.AsSpan(sizeof(ushort)));
        key.CopyTo(bytes.AsSpan(sizeof(ushort) + length));
        return bytes;
    }

    public static (string Owner, byte[] Key) Parse(ReadOnlySpan<byte> bytes)
    {
        var end = sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return (Encoding.UTF8.GetString(bytes[sizeof(ushort)..end]), bytes[end..].ToArray());
    }
}
