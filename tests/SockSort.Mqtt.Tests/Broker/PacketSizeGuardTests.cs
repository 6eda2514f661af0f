using FsCheck.Xunit;
using MQTTnet.Exceptions;

namespace SockSort.Mqtt.Tests.Broker;

public class PacketSizeGuardTests
{
    [Property]
    public bool Packets_within_the_limit_pass_however_the_bytes_are_cut(ushort[] lengths, byte cut)
    {
        var stream = lengths.SelectMany(length => Packet(length % 1001)).ToArray();
        var guard = new PacketSizeGuard(1000);

        foreach (var part in stream.Chunk(cut + 1))
            guard.Pass(part);

        return true;
    }

    [Fact]
    public void The_first_byte_over_the_limit_is_refused_after_packets_within_it()
    {
        var guard = new PacketSizeGuard(1000);
        guard.Pass([.. Packet(1000), .. Packet(0), .. Packet(127), .. Packet(128)]);

        var error = Assert.Throws<MqttProtocolViolationException>(() => guard.Pass(Packet(1001).AsSpan(0, 3)));

        Assert.Equal("a packet of 1001 bytes is over the limit of 1000", error.Message);
    }

    private static byte[] Packet(int length) =>
        length < 128 ? [0x30, (byte)length, .. new byte[length]] : [0x30, (byte)(length | 0x80), (byte)(length >> 7), .. new byte[length]];
}
