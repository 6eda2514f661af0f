
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>The reason codes of MQTT 5 (section 2.4) that the broker gives or understands.</summary>
internal static class ReasonCode
{
    public const byte Success = 0x00;
    public const byte DisconnectWithWill = 0x04;
    public const byte NoMatchingSubscribers = 0x10;
    public const byte NoSubscriptionExisted = 0x11;
    public const byte FirstError = 0x80;
    public const byte Malformed = 0x81;
    public const byte ProtocolError = 0x82;
    public const byte ImplementationError = 0x83;
    public const byte UnsupportedVersion = 0x84;
    public const byte ClientIdNotValid = 0x85;
    public const byte BadUserOrPassword = 0x86;
    public const byte NotAuthorized = 0x87;
    public const byte ShuttingDown = 0x8B;
    public const byte BadAuthenticationMethod = 0x8C;
    public const byte KeepAliveTimeout = 0x8D;
    public const byte TakenOver = 0x8E;
    public const byte FilterNotValid = 0x8F;
    public const byte PacketIdNotFound = 0x92;
    public const byte AliasNotValid = 0x94;
    public const byte PacketTooLarge = 0x95;
    public const byte QuotaExceeded = 0x97;
}
