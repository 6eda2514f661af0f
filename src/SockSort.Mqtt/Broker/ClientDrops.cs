namespace SockSort.Mqtt.Broker;

/// <summary>The messages that one client has missed, as it was too slow or away.</summary>
public sealed record ClientDrops(string ClientId, long Dropped);
