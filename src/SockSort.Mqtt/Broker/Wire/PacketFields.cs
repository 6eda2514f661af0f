using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace SockSort.Mqtt.Broker.Wire;

/// <summary>Reads a packet's fields one after the other, as section 1.5 of the standard writes them.</summary>
/// <param name="bytes">What follows the fixed header, or a part of it.</param>
internal ref struct PacketFields(ReadOnlySpan<byte> bytes)
{
    private const int MostLengthBytes = 4;

    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <exception cref="PacketViolation">The packet ends before; as of the other fields.</exception>
    public byte Byte() => Take(1)[0];

    public ushort TwoBytes() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint FourBytes() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A number of 1 to 4 bytes, in no more than it needs [MQTT-1.5.5-1].</summary>
    public int Variable()
    {
        var value = 0;
        for (var i = 0; i < MostLengthBytes; i++)
        {
            var next = Byte();
            value |= (next & 0x7F) << (7 * i);
            if (next < 0x80)
                return i > 0 && next == 0 ? throw new PacketViolation(PacketRule.RemainingLength) : value;
        }
        throw new PacketViolation(PacketRule.RemainingLength);
    }

    public ReadOnlySpan<byte> Binary() => Take(TwoBytes());

    public string Text()
    {
        var utf8 = Binary();
        // Surrogates and overlong forms are not valid either.
        if (!Utf8.IsValid(utf8))
            throw new PacketViolation(PacketRule.Text);
        if (utf8.Contains((byte)0))
            throw new PacketViolation(PacketRule.NullInText);
        return Encoding.UTF8.GetString(utf8);
    }

    public ushort PacketId() => TwoBytes() is > 0 and var id ? id : throw new PacketViolation(PacketRule.PacketId);

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Rest.Length)
            throw new PacketViolation(PacketRule.CutShort);
        var taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }

    public readonly void End()
    {
        if (!Rest.IsEmpty)
            throw new PacketViolation(PacketRule.TooLong);
    }
}
