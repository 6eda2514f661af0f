
namespace SockSort.Mqtt.Publishing;

/// <summary>
/// What reason codes of refusals can be about: CONNACK and DISCONNECT of MQTT 5 (0x80 and up), CONNACK of MQTT 3 (1 to 5).
/// </summary>
internal static class RefusalCodes
{
    private const int NotAuthorized3 = 5;
    private const int UnspecifiedError = 0x80;
    private const int ProtocolError = 0x82;
    private const int NotAuthorized = 0x87;
    private const int TopicNameInvalid = 0x90;
    private const int PayloadFormatInvalid = 0x99;
    private const int RetainNotSupported = 0x9A;
    private const int QosNotSupported = 0x9B;

    /// <summary>Whether a connection may have been refused for its last will.</summary>
    public static bool MayMeanTheWill(MqttException refusal) => refusal.ReasonCode switch
    {
        NotAuthorized3 or NotAuthorized or TopicNameInvalid or PayloadFormatInvalid or RetainNotSupported or QosNotSupported => true,
        null => refusal.End == ConnectEnd.Closed,
        _ => false,
    };

    /// <summary>Whether a connection may have been closed for a message; a full disk, a shutdown and the like are none of it.</summary>
    public static bool MayMeanAMessage(MqttException lost) => lost.ReasonCode is null or UnspecifiedError or ProtocolError
        or NotAuthorized or TopicNameInvalid or PayloadFormatInvalid or RetainNotSupported or QosNotSupported;

    /// <summary>Whether a connection was closed since a message's topic is not allowed.</summary>
    public static bool MeanTheTopic(MqttException lost) => lost.ReasonCode is NotAuthorized or TopicNameInvalid;
}
