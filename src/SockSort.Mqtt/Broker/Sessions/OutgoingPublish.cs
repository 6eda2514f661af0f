using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>What a subscriber is sent next.</summary>
/// <param name="Id">0 for QoS 0.</param>
/// <param name="IsAgain">An earlier connection has sent it.</param>
/// <param name="IsReceived">The client has the message: only PUBREL is sent.</param>
internal readonly record struct OutgoingPublish(SubscriberMessage Delivery, ushort Id, bool IsAgain, bool IsReceived);
