using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SockSort.Mqtt.Broker.Wire;

/// <summary>Collects the properties of one packet of MQTT 5.</summary>
internal sealed class PropertyWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void TwoBytes(byte id, int value) => Raw([id, (byte)(value >> 8), (byte)value]);

    public void FourBytes(byte id, uint value)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = id;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], value);
        Raw(bytes);
    }

    public void Variable(byte id, uint value)
    {
        Raw([id]);
        do
        {
            var low = (byte)(value & 0x7F);
            value >>= 7;
            Raw([value > 0 ? (byte)(low | 0x80) : low]);
        }
        while (value > 0);
    }

    public void Text(byte id, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        TwoBytes(id, utf8.Length);
        Raw(utf8);
    }

    public void Raw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);
}
