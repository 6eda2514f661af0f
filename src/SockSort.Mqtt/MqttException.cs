using SockSort.Shared;

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

    /// <summary>The broker answered, and refused the connection, a subscription or a message for another reason.</summary>
    Refused,

    /// <summary>The broker has closed the connection since another client came with the same client id.</summary>
    TakenOver,

    /// <summary>The port that the broker should listen on is taken.</summary>
    PortTaken,
}

/// <summary>An error of the broker or of a connection to one; its text holds no password.</summary>
public sealed class MqttException(MqttErrorKind kind, string message, Exception? inner = null) : ExpectedException(message, inner)
{
    public MqttErrorKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string Code => CodeOf("mqtt", Kind);

    /// <summary>The broker's reason code, as it has sent it; null where it has sent none.</summary>
    public int? ReasonCode { get; init; }

    /// <summary>How far an attempt to connect came; null in any other matter.</summary>
    internal ConnectEnd? End { get; init; }
}
