using FsCheck.Xunit;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Tests.Broker;

public class PacketReaderTests
{
    [Property]
    public bool Packets_come_whole_however_the_bytes_are_cut(ushort[] lengths, byte cut)
    {
        var stream = new Pieces([.. lengths.SelectMany(length => Packet(length))], cut + 1);
        var reader = new PacketReader(stream);

        foreach (var length in lengths)
        {
            var packet = reader.ReadAsync(ushort.MaxValue, CancellationToken.None).AsTask().Result;
            Assert.Equal(Packet(length)[^length..], packet!.Value.Body.ToArray());
        }

        return reader.ReadAsync(ushort.MaxValue, CancellationToken.None).AsTask().Result is null;
    }

    [Fact]
    public async Task What_has_come_with_a_packet_is_taken_without_waiting()
    {
        int[] lengths = [10, 16_000, 16_384, 500, 0];
        var reader = new PacketReader(new Pieces([.. lengths.SelectMany(Packet), 0x30, 5, 1], int.MaxValue));

        var first = await reader.ReadAsync(ushort.MaxValue, CancellationToken.None);
        var bodies = new List<int> { first!.Value.Body.Length };
        while (bodies.Count < lengths.Length)
        {
            if (!reader.TryRead(ushort.MaxValue, out var packet))
                packet = (await reader.ReadAsync(ushort.MaxValue, CancellationToken.None))!.Value;
            Assert.Equal(Packet(packet.Body.Length)[^packet.Body.Length..], packet.Body.ToArray());
            bodies.Add(packet.Body.Length);
        }

        Assert.Equal(lengths, bodies);
        Assert.False(reader.TryRead(ushort.MaxValue, out _));
    }

    [Fact]
    public async Task A_packet_over_the_limit_is_refused_at_its_length_after_packets_within_it()
    {
        var reader = new PacketReader(new Pieces([.. Packet(1000), .. Packet(0), .. Packet(1001).AsSpan(0, 3)], 7));
        _ = await reader.ReadAsync(1000, CancellationToken.None);
        _ = await reader.ReadAsync(1000, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PacketViolation>(() => reader.ReadAsync(1000, CancellationToken.None).AsTask());

        Assert.Equal(PacketRule.TooLarge, error.Rule);
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [InlineData(new byte[] { 0x30, 0x80, 0x00 })]
    public async Task A_length_of_more_bytes_than_allowed_is_refused(byte[] bytes)
    {
        var reader = new PacketReader(new Pieces(bytes, 1));

        var error = await Assert.ThrowsAsync<PacketViolation>(() => reader.ReadAsync(1000, CancellationToken.None).AsTask());

        Assert.Equal(PacketRule.RemainingLength, error.Rule);
    }

    private static byte[] Packet(int length)
    {
        var body = Enumerable.Range(0, length).Select(i => (byte)i);
        return length switch
        {
            < 1 << 7 => [0x30, (byte)length, .. body],
            < 1 << 14 => [0x30, (byte)(length | 0x80), (byte)(length >> 7), .. body],
            _ => [0x30, (byte)(length | 0x80), (byte)((length >> 7) | 0x80), (byte)(length >> 14), .. body],
        };
    }

    /// <summary>Gives no more than so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
