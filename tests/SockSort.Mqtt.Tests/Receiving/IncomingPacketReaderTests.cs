using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Tests.Receiving;

public class IncomingPacketReaderTests
{
    private const int Limit = 2000;
    private const int MostBytes = 268_435_455; // [MQTT-2.1.4]

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Messages_are_read_however_their_bytes_arrive(int chunkBytes)
    {
        byte[] bytes =
        [
            .. Packets.Publish("a", "one"),
            .. Packets.Publish("b/ü", [], qos: 1, id: 700, properties: [1, 1]),
            .. Packets.Publish("c", new byte[Limit], qos: 2, id: 65535, properties: [], duplicate: true),
        ];

        var messages = await ReadAsync(new BytesChannel(bytes, chunkBytes: chunkBytes));

        Assert.Equal(["a 3/3 qos 0 id 0 ", "b/ü 0/0 qos 1 id 700 ", "c 2000/2000 qos 2 id 65535 again"], messages.Select(Text));
        Assert.Equal("one", messages[0].Text());
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(333)]
    public async Task A_payload_over_the_limit_is_cut_and_the_next_message_is_read(int chunkBytes)
    {
        var large = new string('x', 1000) + new string('y', 4000);
        byte[] bytes = [.. Packets.Publish("a", large[..(Limit + 1)]), .. Packets.Publish("b", large), .. Packets.Publish("c", "after")];

        var messages = await ReadAsync(new BytesChannel(bytes, chunkBytes: chunkBytes));

        Assert.Equal(["a 1024/2001 qos 0 id 0 ", "b 1024/5000 qos 0 id 0 ", "c 5/5 qos 0 id 0 "], messages.Select(Text));
        Assert.Equal((true, large[..1024]), (messages[1].IsCut, messages[1].Text()));
        Assert.False(messages[2].IsCut);
    }

    [Fact]
    public async Task In_MQTT_3_the_payload_begins_where_properties_would()
    {
        var messages = await ReadAsync(new BytesChannel(Packets.Publish("a", [9, 8, 7], qos: 1, id: 1)), hasProperties: false);

        Assert.Equal([9, 8, 7], messages.Single().Payload.ToArray());
    }

    [Fact]
    public async Task The_largest_packet_of_the_protocol_is_skipped_in_constant_memory()
    {
        byte[] start = [0x30, .. Packets.Length(MostBytes), 0, 1, (byte)'a', 0];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var messages = await ReadAsync(new BytesChannel(start, zeros: MostBytes - 4));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal($"a 1024/{MostBytes - 4} qos 0 id 0 ", Text(messages.Single()));
    }

    [Fact]
    public async Task Properties_of_any_length_cost_no_memory()
    {
        const int propertyBytes = 100_000_000;
        byte[] start = [0x30, .. Packets.Length(3 + 4 + propertyBytes), 0, 1, (byte)'a', .. Packets.Length(propertyBytes)];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var messages = await ReadAsync(new BytesChannel(start, zeros: propertyBytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal("a 0/0 qos 0 id 0 ", Text(messages.Single()));
    }

    [Theory]
    [InlineData("30 FF FF FF FF 01", "the broker has sent a malformed PUBLISH: a length in it has more than 4 bytes")]
    [InlineData("36 05 00 01 61 00 00", "the broker has sent a malformed PUBLISH: its quality of service is 3")]
    [InlineData("30 03 00 09 61", "the broker has sent a malformed PUBLISH: its topic has 9 bytes, the rest of the packet 3")]
    [InlineData("30 01 00 09", "the broker has sent a malformed PUBLISH: its topic has 9 bytes, the rest of the packet 1")]
    [InlineData("30 03 00 00 00", "the broker has sent a malformed PUBLISH: its topic has 0 bytes, the rest of the packet 3")]
    [InlineData("32 06 00 01 61 00 00 00", "the broker has sent a malformed PUBLISH: it has no packet identifier")]
    [InlineData(
        "30 05 00 01 61 FF FF 7F",
        "the broker has sent a malformed PUBLISH: its properties have 2097151 bytes, and 2 are left of the packet")]
    [InlineData("30 03 00 01 61 00", "the broker has sent a malformed PUBLISH: its properties have 0 bytes, and 0 are left of the packet")]
    [InlineData("30 05 00 01 61 FF FF FF FF 7F", "the broker has sent a malformed PUBLISH: a length in it has more than 4 bytes")]
    [InlineData("90 FF FF FF 7F", "the broker has sent a malformed SUBACK: it has 268435455 bytes")]
    [InlineData("30", "the broker has closed it in the middle of a PUBLISH")]
    [InlineData("30 FF", "the broker has closed it in the middle of a PUBLISH")]
    [InlineData("30 05 00 01", "the broker has closed it in the middle of a PUBLISH")]
    [InlineData("30 05 00 01 61 00", "the broker has closed it in the middle of a PUBLISH")]
    [InlineData("30 85 40 00 01 61 00", "the broker has closed it in the middle of a PUBLISH")]
    [InlineData("20 05 00", "the broker has closed it in the middle of a CONNACK")]
    public async Task What_is_no_packet_is_named(string hex, string message)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));

        var error = await Assert.ThrowsAsync<MqttException>(() => ReadAsync(new BytesChannel(bytes)));

        Assert.Equal(message, error.Message);
    }

    private static async Task<List<MqttMessage>> ReadAsync(BytesChannel channel, bool hasProperties = true)
    {
        var reader = new IncomingPacketReader(new ReadAhead(channel, TimeProvider.System), hasProperties, Limit);
        var messages = new List<MqttMessage>();
        while (await reader.NextAsync(default) is { } header)
        {
            if (header.IsPublish)
                messages.Add(await reader.ReadPayloadAsync(await reader.ReadHeadAsync(header, default), default));
            else
                _ = await reader.ReadBodyAsync(header, default);
        }
        return messages;
    }

    private static string Text(MqttMessage message) =>
        $"{message.Topic} {message.Payload.Length}/{message.FullBytes} qos {message.Qos} id {message.Id} "
        + (message.Duplicate ? "again" : "");
}
