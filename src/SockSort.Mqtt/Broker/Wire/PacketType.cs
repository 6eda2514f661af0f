
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>The upper four bits of a packet's first byte.</summary>
internal enum PacketType
{
    Connect = 1,
    ConnectAck = 2,
    Publish = 3,
    PublishAck = 4,
    PublishReceived = 5,
    PublishRelease = 6,
    PublishComplete = 7,
    Subscribe = 8,
    SubscribeAck = 9,
    Unsubscribe = 10,
    UnsubscribeAck = 11,
    Ping = 12,
    PingAck = 13,
    Disconnect = 14,
    Authenticate = 15,
}
