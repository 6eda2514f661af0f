using SockSort.Shared;

namespace SockSort.Mqtt.Connections;

/// <summary>How a connection stands, for a log.</summary>
internal static class ConnectionStanding
{
    /// <summary>How a connection stands; null before the outcome of the first try, and after the end.</summary>
    public static Standing? Of(ConnectionState state, string? lastError) => state switch
    {
        ConnectionState.Connecting or ConnectionState.Stopped => null,
        ConnectionState.Connected => new Standing(nameof(ConnectionState.Connected), Problem: null),
        _ => new Standing(state.ToString(), lastError ?? ""),
    };

    /// <summary>Whether trying again alone does not help.</summary>
    public static bool NeedsUser(ConnectionState state) =>
        state is ConnectionState.WrongCredentials or ConnectionState.Refused or ConnectionState.TakenOver;
}
