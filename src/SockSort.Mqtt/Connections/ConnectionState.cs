namespace SockSort.Mqtt;

/// <summary>Where a client stands that keeps its connection up by itself.</summary>
public enum ConnectionState
{
    /// <summary>Before the first attempt has ended.</summary>
    Connecting,

    Connected,

    /// <summary>No broker answers, or the connection was lost; it tries again.</summary>
    Disconnected,

    /// <summary>The broker refuses the user or the password; it tries again, in case the broker learns them.</summary>
    WrongCredentials,

    /// <summary>It was disposed.</summary>
    Stopped,
}
