namespace SockSort.Connect.Classes;

/// <summary>Kafka Connect's states of a connector and of its task.</summary>
public enum ConnectorState
{
    /// <summary>Not started, or before the outcome of its first attempt.</summary>
    Unassigned,

    /// <summary>
    /// It carries records. A source at a broker: the subscription is granted, the connection stands, and messages can be stored.
    /// </summary>
    Running,

    Paused,

    /// <summary>Stopped by its user: it has no task, and its offsets may be altered.</summary>
    Stopped,

    /// <summary>It carries nothing; it goes on trying.</summary>
    Failed,
}
