using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>One change of what a broker keeps over its restarts.</summary>
internal abstract record StateChange;

/// <summary>A topic has another retained message.</summary>
/// <param name="Message">Null = it has none any more.</param>
internal sealed record RetainedSet(string Topic, BrokerMessage? Message) : StateChange;

/// <summary>A change of one session.</summary>
internal abstract record SessionChange(string ClientId) : StateChange;

/// <summary>A connection has taken a session, or has begun one.</summary>
/// <param name="User">Whose rights the session has.</param>
/// <param name="ExpirySeconds">0 = it ends with the connection: only its will is kept.</param>
/// <param name="Will">The connection's; null = none.</param>
internal sealed record SessionOpened(string ClientId, string? User, uint ExpirySeconds, BrokerWill? Will) : SessionChange(ClientId);

/// <summary>A session's connection has ended.</summary>
/// <param name="Will">The one that still waits; null = none.</param>
internal sealed record SessionLeft(string ClientId, uint ExpirySeconds, DateTimeOffset LeftAt, BrokerWill? Will) : SessionChange(ClientId);

/// <summary>A session is over.</summary>
internal sealed record SessionEnded(string ClientId) : SessionChange(ClientId);

/// <summary>A session's will is published.</summary>
internal sealed record WillPublished(string ClientId) : SessionChange(ClientId);

/// <summary>A session has a subscription, in place of the one to the same filter.</summary>
/// <param name="AwaitsRetained">The retained messages are still to be sent.</param>
internal sealed record Subscribed(string ClientId, SubscriptionRequest Request, uint Identifier, bool AwaitsRetained)
    : SessionChange(ClientId);

internal sealed record Unsubscribed(string ClientId, string Filter) : SessionChange(ClientId);

/// <summary>All retained messages of a subscription have been sent.</summary>
internal sealed record RetainedGiven(string ClientId, string Filter) : SessionChange(ClientId);

/// <summary>A message of QoS 1 or 2 waits for a session's client, under its number.</summary>
internal sealed record DeliveryAdded(string ClientId, SubscriberMessage Delivery) : SessionChange(ClientId);

/// <summary>A message has been given its packet identifier, and is about to be sent.</summary>
internal sealed record DeliverySent(string ClientId, long Number, ushort Id) : SessionChange(ClientId);

/// <summary>The client has answered a message with PUBREC.</summary>
internal sealed record DeliveryReceived(string ClientId, long Number) : SessionChange(ClientId);

/// <summary>A message is acknowledged to the end, dropped, or expired.</summary>
internal sealed record DeliveryDone(string ClientId, long Number) : SessionChange(ClientId);

/// <summary>A message of QoS 2 of the client is where it belongs, and is not released.</summary>
internal sealed record PublishArrived(string ClientId, ushort Id) : SessionChange(ClientId);

internal sealed record PublishReleased(string ClientId, ushort Id) : SessionChange(ClientId);
