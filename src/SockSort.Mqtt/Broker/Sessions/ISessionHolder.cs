using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>The connection that has a session.</summary>
internal interface ISessionHolder
{
    /// <summary>Completes when the session is free for another one.</summary>
    Task Ended { get; }

    /// <summary>Called when the session has something to send.</summary>
    void MoreToSend();

    /// <summary>Ends the connection, soon.</summary>
    /// <param name="reason">Of <see cref="ReasonCode"/>; 0 = the client has gone.</param>
    /// <param name="text">For the client; null = none.</param>
    void Close(byte reason, string? text);
}
