namespace SockSort.Mqtt;

/// <summary>Settings of a <see cref="MqttSubscriber"/>.</summary>
public sealed record SubscriberOptions
{
    public required MqttEndpoint Endpoint { get; init; }

    /// <summary>The session's name at the broker: the same one at the next start gets what came meanwhile.</summary>
    public required string ClientId { get; init; }

    /// <summary>At least one; with <c>+</c> and <c>#</c>.</summary>
    public required IReadOnlyList<string> TopicFilters { get; init; }

    /// <summary>0, 1 or 2. With 0 the broker keeps nothing while the subscriber is away. 1 by default.</summary>
    public int Qos { get; init; } = 1;

    /// <summary>Whether the broker keeps the session while the subscriber is away (for 7 days, where it speaks MQTT 5). True by default.</summary>
    public bool KeepSession { get; init; } = true;

    /// <summary>Messages taken from the broker and not yet acknowledged. 1000 by default.</summary>
    public int MaxUnacknowledged { get; init; } = 1000;

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);
}
