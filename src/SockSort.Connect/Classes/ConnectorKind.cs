namespace SockSort.Connect.Classes;

/// <summary>The direction in which a connector carries records.</summary>
public enum ConnectorKind
{
    /// <summary>It brings records from an external system into the log.</summary>
    Source,

    /// <summary>It delivers records from the log to an external system.</summary>
    Sink,
}
