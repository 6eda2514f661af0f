using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>A message that is not acknowledged to the end.</summary>
/// <param name="Id">Its packet identifier; 0 = it has not been sent.</param>
/// <param name="IsReceived">The client has answered it with PUBREC.</param>
internal readonly record struct KeptDelivery(SubscriberMessage Delivery, ushort Id, bool IsReceived);
