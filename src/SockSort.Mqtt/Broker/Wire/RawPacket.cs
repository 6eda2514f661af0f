
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>A packet as bytes.</summary>
/// <param name="Header">Type and flags.</param>
/// <param name="Body">What follows the length; valid until the next packet is read.</param>
internal readonly record struct RawPacket(byte Header, ReadOnlyMemory<byte> Body)
{
    public PacketType Type => (PacketType)(Header >> 4);

    public int Flags => Header & 0x0F;
}
