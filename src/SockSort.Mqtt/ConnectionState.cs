
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

    /// <summary>The broker answers and refuses the connection, or the subscription, for another reason; it tries again.</summary>
    Refused,

    /// <summary>
    /// Another client came with the same client id, and the broker gave it the session. A publisher tries again; a subscriber stays
    /// away, for minutes where the broker has not said so and this is only likely, else until it is started anew.
    /// </summary>
    TakenOver,

    /// <summary>It was disposed.</summary>
    Stopped,
}
