using SockSort.Mqtt.Broker;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

/// <summary>
/// What the standard forbids, packet by packet: bytes, the code that MQTT 5 is told (MQTT 3 is just closed), and what is counted.
/// </summary>
public class PacketRefusalTests
{
    private const int Malformed = 0x81;
    private const int ProtocolError = 0x82;

    // Name, version, bytes, code (0 = none, as MQTT 3 has none), count.
    public static TheoryData<string, int, byte[], int, string> AfterConnect()
    {
        var rows = new TheoryData<string, int, byte[], int, string>();
        void Both(string name, Func<byte[], byte[]> packet, int code, string problem, string clause3, string? clause5 = null)
        {
            rows.Add(name, 4, packet([]), 0, $"{problem} [{clause3}]");
            rows.Add(name, 5, packet([0]), code, $"{problem} [{clause5 ?? clause3}]");
        }
        void Only5(string name, byte[] packet, int code, string count) => rows.Add(name, 5, packet, code, count);

        Both("PUBLISH to a/#", none => Packet(0x30, [.. Text("a/#"), .. none]),
            Malformed, "PUBLISH to a topic with a wildcard", "MQTT-3.3.2-2");
        Both("PUBLISH to a/+/b", none => Packet(0x32, [.. Text("a/+/b"), 0, 1, .. none]),
            Malformed, "PUBLISH to a topic with a wildcard", "MQTT-3.3.2-2");
        Both("PUBLISH to a+", none => Packet(0x30, [.. Text("a+"), .. none]),
            Malformed, "PUBLISH to a topic with a wildcard", "MQTT-3.3.2-2");
        Both("PUBLISH to nothing", none => Packet(0x30, [.. Text(""), .. none]),
            ProtocolError, "PUBLISH with an empty topic", "MQTT-4.7.3-1");
        Both("PUBLISH to a NUL", none => Packet(0x30, [.. Text("a\0b"), .. none]), Malformed,
            "the character U+0000 in a text", "MQTT-1.5.3-2", "MQTT-1.5.4-2");
        Both("a surrogate", none => Packet(0x30, [0, 3, 0xED, 0xA0, 0x80, .. none]),
            Malformed, "text that is no UTF-8", "MQTT-1.5.3-1", "MQTT-1.5.4-1");
        Both("an overlong '/'", none => Packet(0x30, [0, 2, 0xC0, 0xAF, .. none]),
            Malformed, "text that is no UTF-8", "MQTT-1.5.3-1", "MQTT-1.5.4-1");
        Both("an overlong NUL", none => Packet(0x30, [0, 2, 0xC0, 0x80, .. none]),
            Malformed, "text that is no UTF-8", "MQTT-1.5.3-1", "MQTT-1.5.4-1");
        Both("a cut character", none => Packet(0x30, [0, 1, 0xC3, .. none]),
            Malformed, "text that is no UTF-8", "MQTT-1.5.3-1", "MQTT-1.5.4-1");
        Both("beyond U+10FFFF", none => Packet(0x30, [0, 4, 0xF4, 0x90, 0x80, 0x80, .. none]), Malformed,
            "text that is no UTF-8", "MQTT-1.5.3-1", "MQTT-1.5.4-1");
        Both("QoS 3", none => Packet(0x36, [.. Text("a"), 0, 1, .. none]), Malformed, "PUBLISH with QoS 3", "MQTT-3.3.1-4");
        Both("DUP of QoS 0", none => Packet(0x38, [.. Text("a"), .. none]),
            Malformed, "PUBLISH of QoS 0 marked as a duplicate", "MQTT-3.3.1-2");
        Both("PUBLISH id 0", none => Packet(0x32, [.. Text("a"), 0, 0, .. none]),
            ProtocolError, "packet identifier 0", "MQTT-2.3.1-1", "MQTT-2.2.1-3");
        Both("a topic longer than its packet", _ => Packet(0x30, [0, 9, (byte)'a']), Malformed,
            "a packet that ends inside a field", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
        Both("PUBLISH without anything", _ => Packet(0x30, []),
            Malformed, "a packet that ends inside a field", "MQTT-4.8.0-1", "MQTT-4.13.1-1");

        Both("filter a/#/b", none => Packet(0x82, [0, 1, .. none, .. Text("a/#/b"), 0]), Malformed,
            "a topic filter with '#' elsewhere than as its last level", "MQTT-4.7.1-2", "MQTT-4.7.1-1");
        Both("filter #a", none => Packet(0x82, [0, 1, .. none, .. Text("#a"), 0]), Malformed,
            "a topic filter with '#' elsewhere than as its last level", "MQTT-4.7.1-2", "MQTT-4.7.1-1");
        Both("filter a#", none => Packet(0x82, [0, 1, .. none, .. Text("a#"), 0]), Malformed,
            "a topic filter with '#' elsewhere than as its last level", "MQTT-4.7.1-2", "MQTT-4.7.1-1");
        Both("filter a+", none => Packet(0x82, [0, 1, .. none, .. Text("a+"), 0]), Malformed,
            "a topic filter with '+' beside other characters", "MQTT-4.7.1-3", "MQTT-4.7.1-2");
        Both("filter +a/b", none => Packet(0x82, [0, 1, .. none, .. Text("+a/b"), 0]), Malformed,
            "a topic filter with '+' beside other characters", "MQTT-4.7.1-3", "MQTT-4.7.1-2");
        Both("an empty filter", none => Packet(0x82, [0, 1, .. none, .. Text(""), 0]), Malformed, "an empty topic filter", "MQTT-4.7.3-1");
        Both("a filter with NUL", none => Packet(0x82, [0, 1, .. none, .. Text("a\0"), 0]), Malformed,
            "the character U+0000 in a text", "MQTT-1.5.3-2", "MQTT-1.5.4-2");
        Both("a bad filter after a good one", none => Packet(0x82, [0, 1, .. none, .. Text("a"), 0, .. Text("b/#/c"), 0]), Malformed,
            "a topic filter with '#' elsewhere than as its last level", "MQTT-4.7.1-2", "MQTT-4.7.1-1");
        Both("SUBSCRIBE to nothing", none => Packet(0x82, [0, 1, .. none]),
            ProtocolError, "SUBSCRIBE without a filter", "MQTT-3.8.3-3", "MQTT-3.8.3-2");
        Both("SUBSCRIBE with QoS 3", none => Packet(0x82, [0, 1, .. none, .. Text("a"), 3]), ProtocolError,
            "a subscription with QoS 3", "MQTT-3-8.3-4", "MQTT 5 3.8.3.1");
        Both("SUBSCRIBE with reserved bits", none => Packet(0x82, [0, 1, .. none, .. Text("a"), 0x40]), Malformed,
            "reserved bits of a subscription", "MQTT-3-8.3-4", "MQTT-3.8.3-5");
        Both("SUBSCRIBE id 0", none => Packet(0x82, [0, 0, .. none, .. Text("a"), 0]),
            ProtocolError, "packet identifier 0", "MQTT-2.3.1-1", "MQTT-2.2.1-3");
        Both("SUBSCRIBE with wrong flags", none => Packet(0x80, [0, 1, .. none, .. Text("a"), 0]), Malformed,
            "reserved flags of a packet's first byte", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
        Both("SUBSCRIBE without options", none => Packet(0x82, [0, 1, .. none, .. Text("a")]), Malformed,
            "a packet that ends inside a field", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
        Both("UNSUBSCRIBE from nothing", none => Packet(0xA2, [0, 1, .. none]),
            ProtocolError, "UNSUBSCRIBE without a filter", "MQTT-3.10.3-2");
        Both("UNSUBSCRIBE from a/#/b", none => Packet(0xA2, [0, 1, .. none, .. Text("a/#/b")]), Malformed,
            "a topic filter with '#' elsewhere than as its last level", "MQTT-4.7.1-2", "MQTT-4.7.1-1");
        Both("UNSUBSCRIBE id 0", none => Packet(0xA2, [0, 0, .. none, .. Text("a")]),
            ProtocolError, "packet identifier 0", "MQTT-2.3.1-1", "MQTT-2.2.1-3");

        Both("PUBREL with wrong flags", _ => Packet(0x60, [0, 1]),
            Malformed, "reserved flags of a packet's first byte", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
        Both("PUBACK with flags", _ => Packet(0x42, [0, 1]),
            Malformed, "reserved flags of a packet's first byte", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
        Both("PUBACK id 0", _ => Packet(0x40, [0, 0]), ProtocolError, "packet identifier 0", "MQTT-2.3.1-1", "MQTT-2.2.1-3");
        Both("PINGREQ with flags", _ => Packet(0xC1, []),
            Malformed, "reserved flags of a packet's first byte", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
        Both("PINGREQ with a body", _ => Packet(0xC0, [1]),
            Malformed, "a packet that goes on after its last field", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
        Both("DISCONNECT with flags", _ => Packet(0xE1, []),
            Malformed, "reserved flags of a packet's first byte", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
        Both("a second CONNECT", _ => Packet(0x10, [.. Text("MQTT"), 4, 2, 0, 0, .. Text("raw")]),
            ProtocolError, "a second CONNECT", "MQTT-3.1.0-2");
        Both("SUBACK by a client", _ => Packet(0x90, [0, 1, 0]),
            ProtocolError, "a packet that no client sends", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
        Both("packet type 0", _ => Packet(0x00, []), ProtocolError, "a packet that no client sends", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
        Both("a length of 5 bytes", _ => [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
            0x95, "a packet over the limit", "MQTT 3.1.1 4.3", "MQTT-3.2.2-15");
        Both("a length that never ends", _ => [0x30, 0x80, 0x80, 0x80, 0x80, 0x80], Malformed,
            "a length of more bytes than allowed", "MQTT 3.1.1 2.2.3", "MQTT-1.5.5-1");
        rows.Add("AUTH of MQTT 3", 4, Packet(0xF0, []), 0, "a packet that no client sends [MQTT-4.8.0-1]");
        rows.Add("MQTT 3.1.1 has no properties of a subscription", 4, Packet(0x82, [0, 1, .. Text("a"), 0x04]), 0,
            "reserved bits of a subscription [MQTT-3-8.3-4]");

        Only5("AUTH without a method", Packet(0xF0, [0x18, 0]), ProtocolError, "AUTH without an authentication method [MQTT 5 4.12]");
        Only5("alias 0", Packet(0x30, [.. Text("a"), 3, 0x23, 0, 0]), 0x94, "topic alias 0 [MQTT-3.3.2-8]");
        Only5("alias over the maximum", Packet(0x30, [.. Text("a"), 3, 0x23, 0, 101]),
            0x94, "a topic alias over the maximum [MQTT-3.3.2-9]");
        Only5("an alias without a topic", Packet(0x30, [.. Text(""), 3, 0x23, 0, 7]),
            ProtocolError, "a topic alias without a topic [MQTT 5 3.3.2.3.4]");
        Only5("a subscription identifier in PUBLISH", Packet(0x30, [.. Text("a"), 2, 0x0B, 1]), ProtocolError,
            "PUBLISH by a client with a subscription identifier [MQTT-3.3.4-6]");
        Only5("subscription identifier 0", Packet(0x82, [0, 1, 2, 0x0B, 0, .. Text("a"), 0]),
            ProtocolError, "subscription identifier 0 [MQTT 5 3.8.2.1.2]");
        Only5("a response topic with a wildcard", Packet(0x30, [.. Text("a"), 6, 0x08, .. Text("b/+")]), ProtocolError,
            "a response topic with a wildcard [MQTT-3.3.2-14]");
        Only5("retain handling 3", Packet(0x82, [0, 1, 0, .. Text("a"), 0x30]),
            ProtocolError, "a subscription with retain handling 3 [MQTT 5 3.8.3.1]");
        Only5("a property twice", Packet(0x30, [.. Text("a"), 4, 0x01, 1, 0x01, 1]), ProtocolError, "a property twice [MQTT 5 2.2.2]");
        Only5("a property of CONNECT in PUBLISH", Packet(0x30, [.. Text("a"), 3, 0x21, 0, 1]), Malformed,
            "a property that is not known or not of this packet [MQTT 5 2.2.2.2]");
        Only5("an unknown property", Packet(0x30, [.. Text("a"), 2, 0x7E, 0]), Malformed,
            "a property that is not known or not of this packet [MQTT 5 2.2.2.2]");
        Only5("payload format 2", Packet(0x30, [.. Text("a"), 2, 0x01, 2]),
            ProtocolError, "a property's value out of its range [MQTT 5 3.1.2.11]");
        Only5("properties longer than the packet", Packet(0x30, [.. Text("a"), 9, 0x01, 1]),
            Malformed, "a packet that ends inside a field [MQTT-4.13.1-1]");
        Only5("a session expiry that was not announced", Packet(0xE0, [0, 5, 0x11, 0, 0, 0, 9]), ProtocolError,
            "a session expiry in DISCONNECT, but none in CONNECT [MQTT-3.14.2-2]");
        return rows;
    }

    // Name, bytes, answer (MQTT 5's properties left out), count.
    public static TheoryData<string, byte[], byte[], string> InsteadOfConnect() => new()
    {
        { "PUBLISH first", Packet(0x30, [.. Text("a")]), [], "the first packet is no CONNECT [MQTT-3.1.0-1]" },
        { "PINGREQ first", Packet(0xC0, []), [], "the first packet is no CONNECT [MQTT-3.1.0-1]" },
        {
            "HTTP", [.. "GET / HTTP/1.1\r\n"u8, .. new byte[60]],
            [], "the first packet is no CONNECT [MQTT-3.1.0-1]"
        },
        { "TLS", [0x16, 0x03, 0x01, 0x00, 0x01], [], "TLS spoken to a port without TLS [MQTT-2.2.2-2]" },
        { "another name", Packet(0x10, [.. Text("HTTP"), 4, 2, 0, 0, .. Text("a")]), [], "a protocol name other than MQTT [MQTT-3.1.2-1]" },
        {
            "level 3 of MQTT", Packet(0x10, [.. Text("MQTT"), 3, 2, 0, 0, .. Text("a")]),
            [0x20, 2, 0, 1], "a protocol level that is not known [MQTT-3.1.2-2]"
        },
        {
            "level 6", Packet(0x10, [.. Text("MQTT"), 6, 2, 0, 0, 0, .. Text("a")]),
            [0x20, 0, 0x84], "a protocol level that is not known [MQTT-3.1.2-2]"
        },
        {
            "a bridge", Packet(0x10, [.. Text("MQTT"), 0x84, 2, 0, 0, .. Text("a")]),
            [0x20, 2, 0, 1], "a protocol level that is not known [MQTT-3.1.2-2]"
        },
        {
            "the reserved flag", Packet(0x10, [.. Text("MQTT"), 4, 3, 0, 0, .. Text("a")]),
            [], "the reserved flag of CONNECT is set [MQTT-3.1.2-3]"
        },
        {
            "the reserved flag of 5", Packet(0x10, [.. Text("MQTT"), 5, 3, 0, 0, 0, .. Text("a")]),
            [0x20, 0, 0x81], "the reserved flag of CONNECT is set [MQTT-3.1.2-3]"
        },
        {
            "flags of the first byte", Packet(0x12, [.. Text("MQTT"), 4, 2, 0, 0, .. Text("a")]),
            [], "reserved flags of a packet's first byte [MQTT-2.2.2-2]"
        },
        {
            "a will of QoS 3", Packet(0x10, [.. Text("MQTT"), 4, 0x1E, 0, 0, .. Text("a"), .. Text("w"), .. Text("m")]),
            [], "a will of QoS 3 [MQTT-3.1.2-14]"
        },
        {
            "a will of QoS 3 of 5", Packet(0x10, [.. Text("MQTT"), 5, 0x1E, 0, 0, 0, .. Text("a"), 0, .. Text("w"), .. Text("m")]),
            [0x20, 0, 0x81], "a will of QoS 3 [MQTT-3.1.2-12]"
        },
        {
            "a will to a wildcard", Packet(0x10, [.. Text("MQTT"), 4, 0x06, 0, 0, .. Text("a"), .. Text("w/#"), .. Text("m")]),
            [], "a will to an empty topic or one with a wildcard [MQTT-4.7.1-1]"
        },
        {
            "QoS without a will", Packet(0x10, [.. Text("MQTT"), 4, 0x0A, 0, 0, .. Text("a")]),
            [], "a QoS of the will, but no will [MQTT-3.1.2-13]"
        },
        {
            "retain without a will", Packet(0x10, [.. Text("MQTT"), 4, 0x22, 0, 0, .. Text("a")]),
            [], "a retained will, but no will [MQTT-3.1.2-15]"
        },
        {
            "a password without a user", Packet(0x10, [.. Text("MQTT"), 4, 0x42, 0, 0, .. Text("a"), .. Text("p")]),
            [], "a password without a user [MQTT-3.1.2-22]"
        },
        {
            "no id and a session to keep", Packet(0x10, [.. Text("MQTT"), 4, 0, 0, 0, .. Text("")]),
            [0x20, 2, 0, 2], "no client id, but a session to keep [MQTT-3.1.3-8]"
        },
        { "an id that is no UTF-8", Packet(0x10, [.. Text("MQTT"), 4, 2, 0, 0, 0, 1, 0xFF]), [], "text that is no UTF-8 [MQTT-1.5.3-1]" },
        {
            "an authentication method", Packet(0x10, [.. Text("MQTT"), 5, 2, 0, 0, 4, 0x15, .. Text("x"), .. Text("a")]),
            [0x20, 0, 0x8C], "an authentication method, and none is known [MQTT-4.12.0-1]"
        },
        {
            "receive maximum 0", Packet(0x10, [.. Text("MQTT"), 5, 2, 0, 0, 3, 0x21, 0, 0, .. Text("a")]),
            [0x20, 0, 0x82], "a property's value out of its range [MQTT 5 3.1.2.11]"
        },
        {
            "bytes after the end", Packet(0x10, [.. Text("MQTT"), 4, 2, 0, 0, .. Text("a"), 9]),
            [], "a packet that goes on after its last field [MQTT-4.8.0-1]"
        },
        { "268 MB announced", [0x10, 0xFF, 0xFF, 0xFF, 0x7F], [], "a packet over the limit [MQTT 3.1.1 4.3]" },
    };

    [Theory]
    [MemberData(nameof(AfterConnect))]
    public async Task A_packet_that_the_standard_forbids_ends_its_connection_and_no_other(
        string name, int version, byte[] bytes, int code, string count)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var taken = 0;
        using var intake = broker.Intake("#", _ => Task.FromResult(Interlocked.Increment(ref taken)));
        using var other = await ConnectAsync(broker, version, "other");
        using var client = await ConnectAsync(broker, version);

        await client.SendAsync(bytes);
        var told = await client.ReadAsync();
        var closed = code == 0 ? told : await client.ReadAsync();
        await other.SendAsync([0xC0, 0]);

        Assert.Null(closed);
        byte[]? goodbye = code == 0 ? null : [0xE0, (byte)code];
        Assert.Equal(goodbye, told is null ? null : new[] { told[0], told[2] });
        Assert.Equal([0xD0, 0], await other.ReadAsync());
        Assert.Equal([new(count, 1)], broker.Counts.Refusals);
        Assert.True(taken == 0, $"{name}: reached an intake");
    }

    [Theory]
    [MemberData(nameof(InsteadOfConnect))]
    public async Task A_first_packet_that_is_no_right_CONNECT_is_answered_where_the_standard_has_an_answer_and_closed(
        string name, byte[] bytes, byte[] answer, string count)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await OpenAsync(broker);

        await client.SendAsync(bytes);
        var told = await client.ReadAsync();
        var closed = answer.Length == 0 ? told : await client.ReadAsync();

        Assert.Null(closed);
        // MQTT 5's has a length and properties, which vary.
        if (told is not null && answer.Length == 3)
            told = [told[0], told[2], told[3]];
        Assert.Equal(answer, told ?? []);
        Assert.Equal([new(count, 1)], broker.Counts.Refusals);
        Assert.NotEmpty(name);
    }

    [Theory]
    [InlineData(4, 0x80)]
    [InlineData(5, 0x8F)]
    public async Task A_shared_subscription_without_a_name_or_a_filter_is_refused_and_the_others_of_the_packet_are_made(
        int version, byte code)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, version);
        byte[] none = version == 5 ? [0] : [];

        byte[] filters = [.. Text("$share/group/"), 1, .. Text("a"), 0, .. Text("b"), 2, .. Text("$share//a"), 1];
        await client.SendAsync(Packet(0x82, [0, 9, .. none, .. filters]));
        var answer = await client.ReadAsync();

        Assert.Equal([0, 9, .. none, code, 0, 2, code], answer![2..]);
        Assert.Equal(2, broker.Counts.Refusals["a shared subscription without a group's name or without a filter [MQTT-4.8.2-1]"]);
    }

    [Theory]
    [InlineData(4, new byte[] { 0x40, 2, 0, 1 })]
    [InlineData(5, new byte[] { 0x40, 3, 0, 1, 0x87 })]
    public async Task No_client_publishes_below_SYS(int version, byte[] acknowledgement)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var taken = 0;
        using var intake = broker.Intake(["#", "$SYS/#"], _ => Task.FromResult(Interlocked.Increment(ref taken)));
        using var client = await ConnectAsync(broker, version);
        byte[] none = version == 5 ? [0] : [];

        await client.SendAsync(Packet(0x32, [.. Text("$SYS/broker/version"), 0, 1, .. none, (byte)'x']));
        var answer = await client.ReadAsync();

        Assert.Equal(acknowledgement, answer);
        Assert.Equal(0, taken);
        Assert.Equal(1, broker.Counts.Refusals["PUBLISH below $SYS, which is the broker's own [MQTT 4.7.2]"]);
    }

    [Fact]
    public async Task A_filter_that_would_take_the_broker_too_deep_is_refused()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 5);

        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text(string.Join('/', Enumerable.Repeat("a", 201))), 0, .. Text("a/a"), 0]));

        Assert.Equal([0, 1, 0, 0x8F, 0], (await client.ReadAsync())![2..]);
    }

    [Fact]
    public async Task An_alias_stands_for_its_topic()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        var topics = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var intake = broker.Intake("#", message =>
        {
            topics.Enqueue($"{message.Topic} {message.Text()}");
            return Task.CompletedTask;
        });
        using var client = await ConnectAsync(broker, 5);

        await client.SendAsync(Packet(0x30, [.. Text("a/b"), 3, 0x23, 0, 1, (byte)'1']));
        await client.SendAsync(Packet(0x32, [.. Text(""), 0, 1, 3, 0x23, 0, 1, (byte)'2']));
        _ = await client.ReadAsync();

        Assert.Equal(["a/b 1", "a/b 2"], topics);
    }

    [Fact]
    public async Task MQTT_3_1_may_mark_a_subscription_that_it_sends_again()
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        using var client = await ConnectAsync(broker, 3);

        await client.SendAsync(Packet(0x8A, [0, 1, .. Text("a"), 1]));

        Assert.Equal([0x90, 3, 0, 1, 1], await client.ReadAsync());
    }
}
