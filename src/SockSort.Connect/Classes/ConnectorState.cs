namespace SockSort.Connect.Classes;

/// <summary>The states of a connector and of its task, as in Kafka Connect.</summary>
public enum ConnectorState
{
    /// <summary>It has not started, or its first attempt has no outcome yet.</summary>
    Unassigned,

    /// <summary>
    /// It carries records. For a source at a broker this means that the subscription is granted, the connection is open, and messages can
    /// be stored.
    /// </summary>
    Running,

    Paused,

    /// <summary>Its user has stopped it: it has no task, and its offsets may be altered.</summary>
    Stopped,

    /// <summary>It carries nothing, and goes on retrying.</summary>
    Failed,
}
