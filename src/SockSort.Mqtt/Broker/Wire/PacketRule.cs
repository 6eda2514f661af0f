
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>One thing that the standard forbids a client, with the clauses that forbid it.</summary>
/// <param name="Problem">What was wrong, in words.</param>
/// <param name="Clause3">Of MQTT 3.1.1, without brackets.</param>
/// <param name="Clause5">Of MQTT 5.</param>
/// <param name="Reason">The code that MQTT 5 gives it.</param>
/// <remarks>
/// Sources: OASIS MQTT 3.1.1 and 5.0, appendix B of each (the numbered statements); the section where there is no number.
/// </remarks>
internal sealed record PacketRule(string Problem, string Clause3, string Clause5, byte Reason)
{
    public static readonly PacketRule FirstNotConnect = Of("the first packet is no CONNECT", "MQTT-3.1.0-1");
    public static readonly PacketRule Tls = Malformed("TLS spoken to a port without TLS", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
    public static readonly PacketRule SecondConnect = Of("a second CONNECT", "MQTT-3.1.0-2");
    public static readonly PacketRule ProtocolName =
        new("a protocol name other than MQTT", "MQTT-3.1.2-1", "MQTT-3.1.2-1", ReasonCode.UnsupportedVersion);
    public static readonly PacketRule ProtocolLevel =
        new("a protocol level that is not known", "MQTT-3.1.2-2", "MQTT-3.1.2-2", ReasonCode.UnsupportedVersion);
    public static readonly PacketRule ConnectFlag = Malformed("the reserved flag of CONNECT is set", "MQTT-3.1.2-3");
    public static readonly PacketRule WillQos = Malformed("a will of QoS 3", "MQTT-3.1.2-14", "MQTT-3.1.2-12");
    public static readonly PacketRule QosWithoutWill = Malformed("a QoS of the will, but no will", "MQTT-3.1.2-13", "MQTT-3.1.2-11");
    public static readonly PacketRule RetainWithoutWill = Malformed("a retained will, but no will", "MQTT-3.1.2-15", "MQTT-3.1.2-13");
    public static readonly PacketRule PasswordWithoutUser = Malformed("a password without a user", "MQTT-3.1.2-22");
    public static readonly PacketRule EmptyClientId =
        new("no client id, but a session to keep", "MQTT-3.1.3-8", "MQTT-3.1.3-8", ReasonCode.ClientIdNotValid);
    public static readonly PacketRule AuthenticationMethod =
        new("an authentication method, and none is known", "MQTT 5 4.12", "MQTT-4.12.0-1", ReasonCode.BadAuthenticationMethod);

    public static readonly PacketRule TooLarge =
        new("a packet over the limit", "MQTT 3.1.1 4.3", "MQTT-3.2.2-15", ReasonCode.PacketTooLarge);
    public static readonly PacketRule RemainingLength =
        Malformed("a length of more bytes than allowed", "MQTT 3.1.1 2.2.3", "MQTT-1.5.5-1");
    public static readonly PacketRule PacketType = Of("a packet that no client sends", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
    public static readonly PacketRule Flags = Malformed("reserved flags of a packet's first byte", "MQTT-2.2.2-2", "MQTT-2.1.3-1");
    public static readonly PacketRule CutShort = Malformed("a packet that ends inside a field", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
    public static readonly PacketRule TooLong = Malformed("a packet that goes on after its last field", "MQTT-4.8.0-1", "MQTT-4.13.1-1");
    public static readonly PacketRule Text = Malformed("text that is no UTF-8", "MQTT-1.5.3-1", "MQTT-1.5.4-1");
    public static readonly PacketRule NullInText = Malformed("the character U+0000 in a text", "MQTT-1.5.3-2", "MQTT-1.5.4-2");
    public static readonly PacketRule PacketId = Of("packet identifier 0", "MQTT-2.3.1-1", "MQTT-2.2.1-3");

    public static readonly PacketRule PublishQos = Malformed("PUBLISH with QoS 3", "MQTT-3.3.1-4");
    public static readonly PacketRule DuplicateQos0 = Malformed("PUBLISH of QoS 0 marked as a duplicate", "MQTT-3.3.1-2");
    public static readonly PacketRule EmptyTopic = Of("PUBLISH with an empty topic", "MQTT-4.7.3-1");
    public static readonly PacketRule TopicWildcard = Malformed("PUBLISH to a topic with a wildcard", "MQTT-3.3.2-2");
    public static readonly PacketRule UnknownAlias = Of("a topic alias without a topic", "MQTT 5 3.3.2.3.4");
    public static readonly PacketRule AliasZero = new("topic alias 0", "MQTT-3.3.2-8", "MQTT-3.3.2-8", ReasonCode.AliasNotValid);
    public static readonly PacketRule AliasTooHigh =
        new("a topic alias over the maximum", "MQTT-3.3.2-9", "MQTT-3.3.2-9", ReasonCode.AliasNotValid);
    public static readonly PacketRule SubscriptionIdentifier = Of("PUBLISH by a client with a subscription identifier", "MQTT-3.3.4-6");
    public static readonly PacketRule ResponseTopic = Of("a response topic with a wildcard", "MQTT-3.3.2-14");
    public static readonly PacketRule WillTopic =
        Malformed("a will to an empty topic or one with a wildcard", "MQTT-4.7.1-1", "MQTT-4.7.0-1");

    public static readonly PacketRule EmptySubscribe = Of("SUBSCRIBE without a filter", "MQTT-3.8.3-3", "MQTT-3.8.3-2");
    public static readonly PacketRule EmptyUnsubscribe = Of("UNSUBSCRIBE without a filter", "MQTT-3.10.3-2");
    public static readonly PacketRule SubscribeBits = Malformed("reserved bits of a subscription", "MQTT-3-8.3-4", "MQTT-3.8.3-5");
    public static readonly PacketRule SubscribeQos = Of("a subscription with QoS 3", "MQTT-3-8.3-4", "MQTT 5 3.8.3.1");
    public static readonly PacketRule RetainHandling = Of("a subscription with retain handling 3", "MQTT 5 3.8.3.1");
    public static readonly PacketRule SharedNoLocal = Of("a shared subscription with no local", "MQTT-3.8.3-4");
    public static readonly PacketRule SubscriptionIdZero = Of("subscription identifier 0", "MQTT 5 3.8.2.1.2");
    public static readonly PacketRule EmptyFilter = Malformed("an empty topic filter", "MQTT-4.7.3-1");
    public static readonly PacketRule HashInFilter =
        Malformed("a topic filter with '#' elsewhere than as its last level", "MQTT-4.7.1-2", "MQTT-4.7.1-1");
    public static readonly PacketRule PlusInFilter =
        Malformed("a topic filter with '+' beside other characters", "MQTT-4.7.1-3", "MQTT-4.7.1-2");

    public static readonly PacketRule UnknownProperty = Malformed("a property that is not known or not of this packet", "MQTT 5 2.2.2.2");
    public static readonly PacketRule PropertyTwice = Of("a property twice", "MQTT 5 2.2.2");
    public static readonly PacketRule PropertyValue = Of("a property's value out of its range", "MQTT 5 3.1.2.11");
    public static readonly PacketRule ExpiryAtEnd = Of("a session expiry in DISCONNECT, but none in CONNECT", "MQTT-3.14.2-2");
    public static readonly PacketRule NoAuthentication = Of("AUTH without an authentication method", "MQTT 5 4.12");

    /// <summary>The rule as the counts name it: the problem, then the clause of the client's version.</summary>
    public string For(int version) => $"{Problem} [{(version == ConnectPacket.Version5 ? Clause5 : Clause3)}]";

    private static PacketRule Of(string problem, string clause3, string? clause5 = null) =>
        new(problem, clause3, clause5 ?? clause3, ReasonCode.ProtocolError);

    private static PacketRule Malformed(string problem, string clause3, string? clause5 = null) =>
        new(problem, clause3, clause5 ?? clause3, ReasonCode.Malformed);
}
