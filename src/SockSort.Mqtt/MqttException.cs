namespace SockSort.Mqtt;

/// <summary>What a caller may want to treat differently among the errors of MQTT.</summary>
public enum MqttErrorKind
{
    /// <summary>The address, a topic or a filter is not well formed.</summary>
    WrongRequest,

    /// <summary>No broker answers at the address, or it has closed the connection.</summary>
    Unreachable,

    /// <summary>The broker does not know the user or the password.</summary>
    WrongCredentials,

    /// <summary>The broker answered, and refused for another reason.</summary>
    Refused,

    /// <summary>The port that the broker should listen on is taken.</summary>
    PortTaken,
}

/// <summary>An error of the broker or of a connection to one; its text holds no password.</summary>
public sealed class MqttException(MqttErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public MqttErrorKind Kind { get; } = kind;
}
