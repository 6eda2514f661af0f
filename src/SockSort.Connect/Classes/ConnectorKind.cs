namespace SockSort.Connect.Classes;

/// <summary>Which way a connector carries records.</summary>
public enum ConnectorKind
{
    /// <summary>From elsewhere into the log.</summary>
    Source,

    /// <summary>From the log elsewhere.</summary>
    Sink,
}
